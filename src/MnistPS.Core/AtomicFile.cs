namespace MnistPS;

/// <summary>
/// A file that is there as a whole or not at all: it is written beside its place, flushed to the disk, and renamed into it. What a killed
/// process has left beside goes at the next write, once it is an hour old and nobody has it open.
/// </summary>
internal static class AtomicFile
{
    private const string Prefix = "MnistPS-";
    private const string Suffix = ".partial";

    // As many characters as a name has.
    private static readonly string _pattern = $"{Prefix}{new string('?', 32)}{Suffix}";
    private static readonly TimeSpan _staleAge = TimeSpan.FromHours(1);

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

        string? partial = null;
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

            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
            partial = Path.Join(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
            using (FileStream stream = Create(partial, path))
            {
                Sweep(folder);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw role.Exists(path);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            // The user knows of no partial file.
            throw role.NotWritable(path, partial is null ? e : new IOException(e.Message.Replace(partial, path, StringComparison.Ordinal), e));
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    // Nobody may read it who may not read the file in its end: the mode is there from the first.
    private static FileStream Create(string partial, string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
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
