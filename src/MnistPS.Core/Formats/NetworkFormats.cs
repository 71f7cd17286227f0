namespace MnistPS.Formats;

/// <summary>Determines the format of a file: by its ending for writing, by its first bytes for reading.</summary>
internal static class NetworkFormats
{
    // The tag of a model's first field, its IR version, with the wire type of an integer (protobuf.dev/programming-guides/encoding).
    private const byte OnnxStart = 0x08;

    // The text of a safetensors header begins after its length of eight bytes.
    private const int HeaderOffset = sizeof(ulong);

    /// <summary>The format of an ending: <c>.npz</c>, <c>.onnx</c>, and safetensors for all others.</summary>
    public static NetworkFormat OfEnding(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".NPZ" => NetworkFormat.Npz,
        ".ONNX" => NetworkFormat.Onnx,
        _ => NetworkFormat.Safetensors,
    };

    /// <summary>The format of an existing file; safetensors if it is unknown.</summary>
    /// <exception cref="MnistException">As <see cref="FileRole.NotReadable"/>.</exception>
    public static NetworkFormat OfContent(string path)
    {
        Span<byte> start = stackalloc byte[HeaderOffset + 1];
        int count;
        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw FileRole.Network.NotReadable(path, e);
        }

        return NpzFile.Begins(start[..count]) ? NetworkFormat.Npz
            : count > 0 && start[0] == OnnxStart && start[HeaderOffset] != '{' ? NetworkFormat.Onnx
            : NetworkFormat.Safetensors;
    }
}
