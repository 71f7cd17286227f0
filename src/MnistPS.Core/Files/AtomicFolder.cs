namespace MnistPS;

/// <summary>
/// A folder with all of its files or none: they are written into a folder beside their target, and moved. Folders that a killed process has left are
/// deleted by the next write, once they are an hour old and not in use.
/// </summary>
internal static class AtomicFolder
{
    private const string Prefix = "MnistPS-";
    private const string Suffix = ".partial";
    private const string LockName = "lock";
    private const string ReplacedName = "replaced";

    // The length of a name in characters.
    private static readonly string _pattern = $"{Prefix}{new string('?', 32)}{Suffix}";
    private static readonly TimeSpan _staleAge = TimeSpan.FromHours(1);

    /// <summary>Checks the target before there is anything to write.</summary>
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

    /// <summary>Writes a folder, and creates it if it does not exist. Other files in it stay.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="replace">Whether it may have files; those of the same names are replaced, and whole folders.</param>
    /// <param name="role">Its role, for the ids and messages of faults.</param>
    /// <param name="write">Writes the files into the folder of its argument.</param>
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

    /// <summary>The full path of a folder, and the folder for partial files: itself if it exists, else its parent.</summary>
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

    // The message names the user's folder and not the partial one.
    private static MnistException NotWritable(string path, string? partial, FileRole role, Exception fault)
    {
        Exception told = partial is null ? fault : new IOException(fault.Message.Replace(partial, path, StringComparison.Ordinal), fault);
        return role.NotWritable(path, told, Directory.Exists(path) ? $"{told.Message.TrimEnd('.')}." : FileFault.Reason(path, told));
    }

    private static FileStream Lock(string partial) => new(
        Path.Join(partial, LockName),
        new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose });

    private static IEnumerable<string> FilesOf(string path) => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories);

    /// <summary>Moves the written files to the target. If that fails, replaced files are moved back.</summary>
    private static void MoveInto(string partial, string target)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(partial).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
        HashSet<string?> extensions = new(Directory.EnumerateDirectories(partial).SelectMany(FilesOf).Select(Path.GetExtension), StringComparer.OrdinalIgnoreCase);
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

                    if (Directory.Exists(to) && FilesOf(to).FirstOrDefault(file => !extensions.Contains(Path.GetExtension(file))) is { } stranger)
                    {
                        throw new IOException($"'{to}' would be replaced, and it holds '{stranger}', which is no file of the new folder's kind. Move it away.");
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
            // Directory.Move moves files too.
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
                // It belongs to another user, or is in use.
            }
        }
    }
}
