namespace MnistPS;

/// <summary>
/// A file that is written whole or not at all: to a partial file beside it, which is flushed to disk and renamed into place. Partial files of killed
/// processes are deleted at the next write, once they are an hour old and not open.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string Prefix = "MnistPS-";
    private const string Suffix = ".partial";

    // The 32 digits of a GUID.
    private static readonly string _pattern = $"{Prefix}{new string('?', 32)}{Suffix}";
    private static readonly TimeSpan _staleAge = TimeSpan.FromHours(1);

    private readonly string _path;
    private string? _partial;
    private FileStream? _stream;

    /// <summary>A file to be written. An existing file stays until <see cref="Commit"/>.</summary>
    /// <param name="path">The file; not a device.</param>
    public AtomicFile(string path) => _path = path;

    /// <summary>Writes a file. A device is written directly; hard links to a replaced file keep the old content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether an existing file is replaced; the new file takes its access rights.</param>
    /// <param name="role">What messages call it.</param>
    /// <param name="write">Writes the content. The stream need not be able to seek.</param>
    /// <exception cref="MnistException">It exists already (<c>…Exists</c>) or cannot be written (<c>…NotWritable</c>).</exception>
    public static void Write(string path, bool replace, FileRole role, Action<Stream> write)
    {
        if (!replace && Path.Exists(path) && !Directory.Exists(path))
        {
            throw role.Exists(path);
        }

        using AtomicFile file = new(path);
        try
        {
            switch (SpecialFile.KindOf(path))
            {
                case "a device":
                    using (FileStream device = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    {
                        write(device);
                    }

                    return;
                case { } kind:
                    throw new IOException($"It is {kind}; a file was expected.");
            }

            write(file.Open());
            file.Commit(replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw role.Exists(path);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw role.NotWritable(path, file.Told(e));
        }
    }

    /// <summary>Creates the partial file, and deletes stale ones in its folder.</summary>
    /// <exception cref="IOException">The system refuses; likewise the other exceptions of <see cref="FileFault.IsOne"/>.</exception>
    public FileStream Open()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path)) ?? _path;
        _partial = Path.Join(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        _stream = Create(_partial, _path);
        Sweep(folder);
        return _stream;
    }

    /// <summary>Renames the partial file into place.</summary>
    /// <param name="replace">Whether an existing file is replaced.</param>
    /// <exception cref="IOException">The system refuses; likewise the other exceptions of <see cref="FileFault.IsOne"/>.</exception>
    public void Commit(bool replace)
    {
        _stream!.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_partial!, _path, replace);
    }

    /// <summary>A fault that names the file instead of the partial file.</summary>
    public Exception Told(Exception fault)
        => _partial is null ? fault : new IOException(fault.Message.Replace(_partial, _path, StringComparison.Ordinal), fault);

    /// <summary>Deletes the partial file unless it was committed.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        if (File.Exists(_partial))
        {
            File.Delete(_partial);
        }
    }

    // No more readable than the final file, from its creation on.
    private static FileStream Create(string partial, string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return new FileStream(partial, options);
        }

        UnixFileMode mode = File.GetUnixFileMode(path);
        options.UnixCreateMode = mode;
        FileStream stream = new(partial, options);

        // The umask may have removed bits.
        File.SetUnixFileMode(stream.SafeFileHandle, mode);
        return stream;
    }

    private static void Sweep(string folder)
    {
        foreach (string partial in Directory.EnumerateFiles(folder, _pattern))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(partial) > _staleAge)
                {
                    // A writer holds its partial file exclusively as long as its process lives.
                    using FileStream stale = new(partial, FileMode.Open, FileAccess.Write, FileShare.None);
                    File.Delete(partial);
                }
            }
            catch (Exception e) when (FileFault.IsOne(e))
            {
                // Another user's, or in use.
            }
        }
    }
}
