using MnistPS.Formats;

namespace MnistPS;

/// <summary>Writes and reads networks in all formats.</summary>
internal static class NetworkFiles
{
    private static readonly Lazy<INetworkFile> _onnx = new(() => new PackageContext("Onnx").Make<INetworkFile>("OnnxFile", OnnxNotAvailable));

    /// <summary>Writes a network into a file, in the format of its ending.</summary>
    /// <inheritdoc cref="INetworkFile.Write"/>
    public static void Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation)
    {
        switch (NetworkFormats.OfEnding(path))
        {
            case NetworkFormat.Onnx:
                _onnx.Value.Write(network, path, replace, cancellation);
                break;
            case NetworkFormat.Npz:
                NpzNetwork.Write(network, path, replace, cancellation);
                break;
            default:
                NetworkFile.Write(network, path, replace, cancellation);
                break;
        }
    }

    /// <summary>Reads a network from a file, in the format of its content.</summary>
    /// <inheritdoc cref="INetworkFile.Read"/>
    public static MnistNetwork Read(string path, string[]? layers, CancellationToken cancellation) => NetworkFormats.OfContent(path) switch
    {
        NetworkFormat.Onnx => _onnx.Value.Read(path, layers, cancellation),
        NetworkFormat.Npz => NpzNetwork.Read(path, layers, cancellation),
        _ => NetworkFile.Read(path, layers, cancellation),
    };

    private static MnistException OnnxNotAvailable(string reason, Exception cause) => new(nameof(Messages.OnnxNotAvailable), Fault.NotFound,
        string.Format(Messages.Culture, Messages.OnnxNotAvailable, reason), null, cause);
}
