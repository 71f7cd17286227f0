namespace MnistPS.Formats;

/// <summary>Tells the format of a file: of one to write by its ending, of one to read by its first bytes.</summary>
internal static class NetworkFormats
{
    // The number of a model's first field, its IR version, and that it is a whole number (protobuf.dev/programming-guides/encoding).
    private const byte OnnxStart = 0x08;

    // Behind the length of a safetensors header, eight bytes, its text begins.
    private const int HeaderOffset = sizeof(ulong);

    /// <summary>The format that an ending stands for: <c>.npz</c>, <c>.onnx</c>, and for all else safetensors.</summary>
    public static NetworkFormat OfEnding(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".NPZ" => NetworkFormat.Npz,
        ".ONNX" => NetworkFormat.Onnx,
        _ => NetworkFormat.Safetensors,
    };

    /// <summary>The format of a file that is there; safetensors if it is none.</summary>
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
