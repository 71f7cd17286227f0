using System.IO.Compression;

namespace MnistPS.Formats;

/// <summary>A network in a file: a <see cref="SavedNetwork"/> as gzip (RFC 1952), whose checksum tells whether it is still what was written.</summary>
internal static class NetworkFile
{
    // Numbers come one by one, and gzip is slow to be called.
    private const int BlockBytes = 64 * 1024;

    /// <summary>Writes a network into a file, which is there as a whole or not at all.</summary>
    /// <param name="network">The network, as of its last whole epoch.</param>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="replace">Whether it may be there already.</param>
    /// <exception cref="MnistException">
    /// It is there already (<c>NetworkFileExists</c>), or cannot be written (<c>NetworkFileNotWritable</c>).
    /// </exception>
    public static void Write(MnistNetwork network, string path, bool replace)
    {
        try
        {
            if (!replace && Path.Exists(path))
            {
                throw Exists(path);
            }

            FileInfo file = new(path);
            if (file.LinkTarget is not null)
            {
                file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            }

            if (file is { Exists: true, Length: 0 })
            {
                // There is nothing to lose, and it may be a device, which must stay one.
                Write(network, file.OpenWrite());
                return;
            }

            string partial = $"{file.FullName}.{Guid.NewGuid():N}.partial";
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (file.Exists && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = file.UnixFileMode;
            }

            try
            {
                Write(network, new FileStream(partial, options));
                File.Move(partial, file.FullName, replace);
            }
            finally
            {
                File.Delete(partial);
            }
        }
        catch (IOException) when (!replace && Path.Exists(path))
        {
            throw Exists(path);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("NetworkFileNotWritable", Fault.Write,
                $"The network file '{path}' cannot be written: {FileFault.Reason(path, e)} Give a -Path in a folder that is there and that you may write to.",
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

    private static void Write(MnistNetwork network, FileStream file)
    {
        using BufferedStream stream = new(new GZipStream(file, CompressionLevel.Fastest), BlockBytes);
        SavedNetwork.Write(network, stream);
    }

    private static MnistException Exists(string path)
        => new("NetworkFileExists", Fault.AlreadyExists, $"The network file '{path}' is there already. Give another -Path, or -Force to replace it.", path);
}
