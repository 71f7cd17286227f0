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
    public static void Write(MnistNetwork network, string path, bool replace)
    {
        if (!replace && File.Exists(path))
        {
            throw Exists(path);
        }

        string partial = Path.Join(Path.GetDirectoryName(path), $"{Guid.NewGuid():N}.partial");
        try
        {
            if (path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path))
            {
                // A device must stay one, and root could put a file in its place.
                Compress(network, File.OpenWrite(path));
                return;
            }

            try
            {
                Compress(network, new FileStream(partial, FileMode.CreateNew, FileAccess.Write));
                if (!OperatingSystem.IsWindows() && File.Exists(path))
                {
                    File.SetUnixFileMode(partial, File.GetUnixFileMode(path));
                }

                File.Move(partial, path, replace);
            }
            finally
            {
                File.Delete(partial);
            }
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw Exists(path);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            string reason = FileFault.Reason(path, e).Replace(partial, path, StringComparison.Ordinal);
            throw new MnistException("NetworkFileNotWritable", Fault.Write,
                $"The network file '{path}' cannot be written: {reason} Give a -Path in a folder that is there, that has room, and that you may write to.",
                path, e);
        }
    }

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

    private static void Compress(MnistNetwork network, FileStream file)
    {
        using BufferedStream stream = new(new GZipStream(file, CompressionLevel.Fastest), BlockBytes);
        SavedNetwork.Write(network, stream);
    }

    private static MnistException Exists(string path)
        => new("NetworkFileExists", Fault.AlreadyExists, $"The network file '{path}' is there already. Give another -Path, or -Force to replace it.", path);
}
