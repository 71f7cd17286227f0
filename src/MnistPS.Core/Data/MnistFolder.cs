using System.Collections.Concurrent;

namespace MnistPS;

/// <summary>A folder of one's own with the four files of a data set, raw or gzipped, under their usual names.</summary>
internal static class MnistFolder
{
    // What a message names of a folder, and what is looked through for it.
    private const int MostNames = 8;
    private const int MostEntries = 1000;

    /// <summary>Reads the four files. The data set is named after the folder, unless it is MNIST by its digests.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Hears of files that are sound and yet odd.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MnistException">
    /// The folder (<c>FolderNotFound</c>) or a file (<c>FileNotFound</c>) is not there, or a file is not as it should be: see <see cref="IdxFile"/>
    /// and <see cref="MnistFiles"/>.
    /// </exception>
    public static async Task<MnistDataset> LoadAsync(string folder, Action<string> warn, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            string found = File.Exists(folder) ? $"'{folder}' is a file, and no folder" : $"There is no folder '{folder}'";
            throw new MnistException("FolderNotFound", Fault.NotFound,
                $"{found}. Give -Path a folder with the four IDX files of MNIST, raw or gzipped, or with another form of a data set: mnist.npz, mnist_train.csv and mnist_test.csv, or folders training and testing.", folder);
        }

        ConcurrentQueue<string> warnings = [];
        MnistDataset dataset = await MnistFiles.Mnist.ReadAsync(new DirectoryInfo(folder).Name, file =>
        {
            IdxFile content = IdxFile.Read(Find(folder, file.Name), file.ItemShape, cancellation);
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

        return dataset;
    }

    /// <summary>Whether a folder has one of the four at least.</summary>
    public static bool IsOne(string folder) => MnistFiles.Mnist.All.Any(file => Spellings(file.Name).Any(name => File.Exists(Path.Combine(folder, name))));

    private static string Find(string folder, string name)
        => Spellings(name).Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists)
            ?? throw new MnistException("FileNotFound", Fault.NotFound,
                $"The folder '{folder}' holds no '{name}': neither under that name nor as '{Dotted(name)}', with or without '.gz'. {Instead(folder, name)}", folder);

    // Both are in use: the mirrors have '-' before 'idx', other copies '.'.
    private static string[] Spellings(string name) => [name, name + ".gz", Dotted(name), Dotted(name) + ".gz"];

    private static string Dotted(string name) => name.Replace("-idx", ".idx", StringComparison.Ordinal);

    /// <summary>What the folder has in the place of a file, and what to do about it.</summary>
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
                ? "; these are files of EMNIST, whose images are turned (rows are columns) and whose letters are labelled from 1, so that they are not read as MNIST"
            : own.Any(entry => entry.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) ? "; unpack the archive"
            : "";
        return $"{holds}{hint}. Put the file there.";
    }
}
