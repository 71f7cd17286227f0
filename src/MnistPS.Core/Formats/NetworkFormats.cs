namespace MnistPS.Formats;

/// <summary>The formats of a network's file: that of one to be written goes by the ending of its name, that of one to be read by its first bytes.</summary>
internal static class NetworkFormats
{
    private const int StartLength = 8;

    /// <summary>Writes a network into a file: npz where it ends in <c>.npz</c>, else safetensors.</summary>
    /// <inheritdoc cref="NetworkFile.Write(MnistNetwork, string, bool, CancellationToken)"/>
    public static void Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".NPZ":
                NpzNetwork.Write(network, path, replace, cancellation);
                break;
            default:
                NetworkFile.Write(network, path, replace, cancellation);
                break;
        }
    }

    /// <summary>Reads a network from a file of any format.</summary>
    /// <inheritdoc cref="NetworkFile.Read(string, string[], CancellationToken)"/>
    public static MnistNetwork Read(string path, string[]? layers, CancellationToken cancellation) => NetworkFile.Read(path, FileRole.Network, file =>
    {
        Span<byte> start = stackalloc byte[StartLength];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return NpzFile.Begins(start) ? NpzNetwork.Read(file, path, layers, cancellation) : NetworkFile.Read(file, path, layers, cancellation).Network;
    });
}
