namespace MnistPS;

/// <summary>
/// Files of a folder that are there together or not at all: they are written into a folder beside their place, and renamed into it. What a killed process
/// has left beside goes at the next write, once it is an hour old and nobody works in it.
/// </summary>
internal static class AtomicFolder
{
    private const string Prefix = "MnistPS-";
    private const string Suffix = ".partial";
    private const string LockName = "lock";
    private const string ReplacedName = "replaced";

    // As many characters as a name has.
    private static readonly string _pattern = $"{Prefix}{new string('?', 32)}{Suffix}";
    private static readonly TimeSpan _staleAge = TimeSpan.FromHours(1);

    /// <summary>Says what stands in its way, before there is anything to write.</summary>
    /// <inheritdoc cref="Write" path="//param[not(@name='write')] | //exception"/>
    public static void Check(string path, bool replace, FileRole role)
    {
        try
        {
            _ = HomeOf(path, replace, role);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw NotWritable(path, null, role, e);
        }
    }

    /// <summary>Writes a folder, which need not be there; what else is in one stays.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="replace">Whether it may have files already; those of the same names are replaced, and folders as a whole.</param>
    /// <param name="role">What faults call it.</param>
    /// <param name="write">Writes the files, into the folder that it is given.</param>
    /// <exception cref="MnistException">It has files already (<c>…Exists</c>) or cannot be written (<c>…NotWritable</c>).</exception>
    public static void Write(string path, bool replace, FileRole role, Action<string> write)
    {
        string? partial = null;
        try
        {
            (string target, string home) = HomeOf(path, replace, role);
            partial = Path.Join(home, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
            Directory.CreateDirectory(partial);
            using (Lock(partial))
            {
                write(partial);
            }

            if (home == target)
            {
                MoveInto(partial, target);
            }
            else
            {
                Directory.Move(partial, target);
            }
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw NotWritable(path, partial, role, e);
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    /// <summary>Writes a file of the folder, and flushes it to the disk.</summary>
    public static void Put(string folder, string name, Action<Stream> write)
    {
        const int BufferSize = 1 << 16;
        using FileStream stream = new(Path.Join(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The full path of a folder, and where to work: in it if it is there, else beside it.</summary>
    private static (string Target, string Home) HomeOf(string path, bool replace, FileRole role)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        bool isThere = Directory.Exists(target);
        if (!isThere && Path.Exists(target))
        {
            throw new IOException($"It is {SpecialFile.KindOf(target) ?? "a file"}; a folder was expected.");
        }

        string home = isThere ? target : Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(home))
        {
            throw new DirectoryNotFoundException();
        }

        Sweep(home);
        return !isThere || replace || !Directory.EnumerateFileSystemEntries(target).Any()
            ? (target, home)
            : throw new MnistException($"{role.Id}Exists", Fault.AlreadyExists,
                $"The {role.Name} '{path}' is there already, and is not empty. Give another {role.Parameter}, or -Force to put the files there, in the place of those of the same names.",
                path);
    }

    // The user knows of no partial folder, and a folder is what was expected.
    private static MnistException NotWritable(string path, string? partial, FileRole role, Exception fault)
    {
        Exception told = partial is null ? fault : new IOException(fault.Message.Replace(partial, path, StringComparison.Ordinal), fault);
        return role.NotWritable(path, told, Directory.Exists(path) ? $"{told.Message.TrimEnd('.')}." : FileFault.Reason(path, told));
    }

    private static FileStream Lock(string partial) => new(
        Path.Join(partial, LockName),
        new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose });

    /// <summary>Puts what has been written among what is there. What it takes the place of is put back where that fails.</summary>
    private static void MoveInto(string partial, string target)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(partial).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
        string replaced = Directory.CreateDirectory(Path.Join(partial, ReplacedName)).FullName;
        Stack<(string From, string To)> moves = [];
        try
        {
            foreach (string name in names)
            {
                (string from, string to) = (Path.Join(partial, name), Path.Join(target, name));
                if (Path.Exists(to))
                {
                    if (Directory.Exists(to) != Directory.Exists(from))
                    {
                        throw new IOException($"'{to}' is {(Directory.Exists(to) ? "a folder, and a file" : "a file, and a folder")} was expected.");
                    }

                    Move(to, Path.Join(replaced, name));
                }

                Move(from, to);
            }
        }
        catch
        {
            while (moves.TryPop(out (string From, string To) move))
            {
                Directory.Move(move.To, move.From);
            }

            throw;
        }

        void Move(string from, string to)
        {
            // It moves files too.
            Directory.Move(from, to);
            moves.Push((from, to));
        }
    }

    private static void Sweep(string folder)
    {
        foreach (string partial in Directory.EnumerateDirectories(folder, _pattern))
        {
            try
            {
                if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(partial) > _staleAge)
                {
                    Lock(partial).Dispose();
                    Directory.Delete(partial, recursive: true);
                }
            }
            catch (Exception e) when (FileFault.IsOne(e))
            {
                // It is another user's, or still in use.
            }
        }
    }
}
