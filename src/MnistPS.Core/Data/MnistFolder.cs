using System.Collections.Concurrent;

namespace MnistPS;

/// <summary>A user's folder with the four files of a data set, raw or gzipped, under their usual names.</summary>
internal static class MnistFolder
{
    // Limits of a listing: names in a message, and entries searched.
    private const int MostNames = 8;
    private const int MostEntries = 1000;

    /// <summary>
    /// Reads the four files under the names of MNIST, EMNIST's digits or QMNIST. A part without its two files has no images. The data set is named after
    /// the folder, unless its names or digests are those of a collection.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Receives warnings about valid but odd files.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="tell">Receives a sentence on each conversion.</param>
    /// <exception cref="MnistException">
    /// The folder (<c>FolderNotFound</c>) or a file (<c>FileNotFound</c>) does not exist, or a file is invalid: see <see cref="IdxFile"/> and
    /// <see cref="MnistFiles"/>.
    /// </exception>
    public static async Task<MnistDataset> LoadAsync(
        string folder, Action<string> warn, CancellationToken cancellation, Action<string>? tell = null)
    {
        if (!Directory.Exists(folder))
        {
            string found = File.Exists(folder) ? $"'{folder}' is a file, and no folder" : $"There is no folder '{folder}'";
            throw new MnistException("FolderNotFound", Fault.NotFound,
                $"{found}. Give -Path a folder with the four IDX files of MNIST, raw or gzipped, or with another form of a data set: mnist.npz, x_train.npy and y_train.npy, mnist_train.csv and mnist_test.csv, or folders training and testing.", folder);
        }

        ConcurrentQueue<string> warnings = [];
        FolderForm form = FolderForm.Of(folder);
        string[] missing = MissingPart(folder, form);
        string PathOf(MnistFile file) => Find(folder, form.NameOf(file));
        MnistDataset dataset = await MnistFiles.Mnist.ReadAsync(form.Collection ?? new DirectoryInfo(folder).Name, file =>
        {
            if (missing.Contains(file.Name))
            {
                return IdxFile.Of(folder, file.ItemShape, []);
            }

            IdxFile content = form.Read(PathOf(file), file, cancellation);
            if (content.Warning is { } warning)
            {
                warnings.Enqueue(warning);
            }

            return content;
        });
        foreach (string warning in warnings)
        {
            warn(warning);
        }

        if (form.IsTransposed)
        {
            tell?.Invoke(FolderForm.TransposedNote(folder));
        }

        MnistFiles? known = dataset.Name == "MNIST" || form.Collection is not null ? null
            : MnistFiles.Recognize(file => missing.Contains(file.Name) ? null : PathOf(file));
        return known is null ? dataset : dataset.As(known);
    }

    /// <summary>Whether a folder has at least one of the four files.</summary>
    public static bool IsOne(string folder)
    {
        FolderForm form = FolderForm.Of(folder);
        return MnistFiles.Mnist.All.Any(file => Spellings(form.NameOf(file)).Any(name => File.Exists(Path.Combine(folder, name))));
    }

    /// <summary>The two files of training or of test images, if the folder has only the others; else none.</summary>
    private static string[] MissingPart(string folder, FolderForm form)
    {
        // A name in capitals, or of a folder, is a fault and no missing file.
        HashSet<string?> entries = new(Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName), StringComparer.OrdinalIgnoreCase);
        string[] missing =
        [
            .. MnistFiles.Mnist.All.Chunk(2).Where(part => !part.SelectMany(file => Spellings(form.NameOf(file))).Any(entries.Contains))
                .SelectMany(part => part).Select(file => file.Name),
        ];
        return missing.Length == 2 ? missing : [];
    }

    private static string Find(string folder, string name)
        => Spellings(name).Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists)
            ?? throw new MnistException("FileNotFound", Fault.NotFound,
                $"The folder '{folder}' holds no '{name}': neither under that name nor as '{Dotted(name)}', with or without '.gz'. {Instead(folder, name)}", folder);

    // Both are in use: the mirrors have '-' before 'idx', other copies '.'.
    private static string[] Spellings(string name) => [name, name + ".gz", Dotted(name), Dotted(name) + ".gz"];

    private static string Dotted(string name) => name.Replace("-idx", ".idx", StringComparison.Ordinal);

    /// <summary>What the folder holds instead of a file, and what to do about it.</summary>
    private static string Instead(string folder, string name)
    {
        // Archives unpack into folders of their files' names, torchvision into 'MNIST/raw'.
        string[] entries;
        try
        {
            entries =
            [
                .. Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
                    .Take(MostEntries).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            return $"It cannot be listed: {FileFault.Reason(folder, e)}";
        }

        string[] spellings = Spellings(name);
        bool IsSpelling(string entry) => spellings.Contains(Path.GetFileName(entry), StringComparer.OrdinalIgnoreCase);
        string[] own = [.. entries.Where(entry => !entry.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))];
        if (Array.Find(entries, entry => IsSpelling(entry) && File.Exists(Path.Combine(folder, entry))) is { } near)
        {
            return own.Contains(near)
                ? $"It holds '{near}', and capitals count here: rename it."
                : $"It lies deeper, as '{near}': put it where it was expected, or give -Path its folder.";
        }

        string holds = own.Length == 0
            ? "It is empty"
            : $"It holds {string.Join(", ", own.Take(MostNames).Select(entry => $"'{entry}'"))}{(own.Length > MostNames ? $" and {own.Length - MostNames} more" : "")}";
        string hint = Array.Find(own, IsSpelling) is { } subfolder ? $"; '{subfolder}' is a folder, and a file was expected"
            : own.Any(entry => entry.StartsWith("emnist-", StringComparison.OrdinalIgnoreCase))
                ? "; these are files of EMNIST, of which those that begin with 'emnist-digits-' or 'emnist-mnist-' are read; the others have labels that are no digits"
            : own.Any(entry => entry.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) ? "; unpack the archive"
            : "";
        return $"{holds}{hint}. Put the file there.";
    }
}
