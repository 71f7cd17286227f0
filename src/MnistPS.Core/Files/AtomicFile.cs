namespace MnistPS;

/// <summary>
/// A file that is there as a whole or not at all: it is written beside its place, flushed to the disk, and renamed into it. What a killed
/// process has left beside goes at the next write, once it is an hour old and nobody has it open.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string Prefix = "MnistPS-";
    private const string Suffix = ".partial";

    // As many characters as a name has.
    private static readonly string _pattern = $"{Prefix}{new string('?', 32)}{Suffix}";
    private static readonly TimeSpan _staleAge = TimeSpan.FromHours(1);

    private readonly string _path;
    private string? _partial;
    private FileStream? _stream;

    /// <summary>A file that is to be written. Until <see cref="Commit"/> what is there stays.</summary>
    /// <param name="path">The file, and no device.</param>
    public AtomicFile(string path) => _path = path;

    /// <summary>Writes a file. A device is written as it is; links to a file that is replaced keep the old one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether it may be there already; its access rights are then those of the old one.</param>
    /// <param name="role">What faults call it.</param>
    /// <param name="write">Writes the content. The stream need not be able to seek.</param>
    /// <exception cref="MnistException">It is there already (<c>…Exists</c>) or cannot be written (<c>…NotWritable</c>).</exception>
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

    /// <summary>Begins it, and sweeps what killed processes have left in its folder.</summary>
    /// <exception cref="IOException">The system refuses; so do the others of <see cref="FileFault.IsOne"/>.</exception>
    public FileStream Open()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path)) ?? _path;
        _partial = Path.Join(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        _stream = Create(_partial, _path);
        Sweep(folder);
        return _stream;
    }

    /// <summary>Puts what has been written in its place.</summary>
    /// <param name="replace">Whether a file may be there already.</param>
    /// <exception cref="IOException">The system refuses; so do the others of <see cref="FileFault.IsOne"/>.</exception>
    public void Commit(bool replace)
    {
        _stream!.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_partial!, _path, replace);
    }

    /// <summary>A fault as it is told to the user, who knows of no partial file.</summary>
    public Exception Told(Exception fault)
        => _partial is null ? fault : new IOException(fault.Message.Replace(_partial, _path, StringComparison.Ordinal), fault);

    /// <summary>Takes away what was not committed.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        if (File.Exists(_partial))
        {
            File.Delete(_partial);
        }
    }

    // Nobody may read it who may not read the file in its end: the mode is there from the first.
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

        // The process's mask has taken bits away.
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
                    // Whoever writes one holds it alone, and no longer than the process lives.
                    using FileStream stale = new(partial, FileMode.Open, FileAccess.Write, FileShare.None);
                    File.Delete(partial);
                }
            }
            catch (Exception e) when (FileFault.IsOne(e))
            {
                // It is another user's, or still in use.
            }
        }
    }
}
