using System.IO.Compression;

namespace MnistPS.Formats;

/// <summary>A network in a file: a <see cref="SavedNetwork"/> as gzip (RFC 1952), whose checksum tells whether it is still what was written.</summary>
internal static class NetworkFile
{
    // Numbers come one by one, and gzip is slow to be called.
    private const int BlockBytes = 64 * 1024;

    /// <summary>Writes a network into a file, which is there as a whole or not at all.</summary>
    /// <param name="network">The network, as of its last whole epoch.</param>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether it may be there already. It is a new one then, and links to the old one keep that.</param>
    /// <exception cref="MnistException">
    /// It is there already (<c>NetworkFileExists</c>), or cannot be written (<c>NetworkFileNotWritable</c>).
    /// </exception>
    public static void Write(MnistNetwork network, string path, bool replace) => new WholeFile("network").Write(path, replace, file =>
    {
        using BufferedStream stream = new(new GZipStream(file, CompressionLevel.Fastest), BlockBytes);
        SavedNetwork.Write(network, stream);
    });

    /// <summary>Reads a network from a file.</summary>
    /// <exception cref="MnistException">
    /// The file is not there (<c>NetworkFileNotFound</c>), cannot be read (<c>NetworkFileNotReadable</c>), or is not a network's, damaged, or of
    /// another version (<c>NotANetworkFile</c>).
    /// </exception>
    public static MnistNetwork Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            using BufferedStream stream = new(new GZipStream(new GzipInput(file), CompressionMode.Decompress), BlockBytes);
            return SavedNetwork.Read(stream);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            string reason = e is FormatException ? e.Message : "It is not gzip, or not any more.";
            throw new MnistException("NotANetworkFile", Fault.InvalidData,
                $"'{path}' is no network, is damaged, or comes from another version of MnistPS: {reason} A file that Export-MnistNetwork wrote was expected; export the network again.",
                path, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MnistException("NetworkFileNotFound", Fault.NotFound,
                $"There is no file '{path}'. Give -Path a file that Export-MnistNetwork wrote.", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("NetworkFileNotReadable", Fault.Read,
                $"The network file '{path}' cannot be read: {FileFault.Reason(path, e)} Give -Path a file that Export-MnistNetwork wrote and that you may read.",
                path, e);
        }
    }
}
