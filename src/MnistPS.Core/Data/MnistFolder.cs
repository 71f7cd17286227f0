using System.Collections.Concurrent;

namespace MnistPS;

/// <summary>A folder of one's own with the four files of a data set, raw or gzipped, under their usual names.</summary>
internal static class MnistFolder
{
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
            throw new MnistException("FolderNotFound", Fault.NotFound,
                $"There is no folder '{folder}'. Give -Path a folder with the four IDX files of MNIST, raw or gzipped.", folder);
        }

        ConcurrentQueue<string> warnings = [];
        MnistDataset dataset = await MnistFiles.Mnist.ReadAsync(new DirectoryInfo(folder).Name, file =>
        {
            IdxFile content = IdxFile.Read(Find(folder, file.Name), file.ItemShape, cancellation);
            if (content.Warning is { } warning)
            {
                warnings.Enqueue(warning);
            }

            return Task.FromResult(content);
        });
        foreach (string warning in warnings)
        {
            warn(warning);
        }

        return dataset;
    }

    // Both spellings are in use: the mirrors have '-' before 'idx', other copies '.'.
    private static string Find(string folder, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, name + ".gz", dotted, dotted + ".gz" }
            .Select(candidate => Path.Combine(folder, candidate))
            .FirstOrDefault(File.Exists)
            ?? throw new MnistException("FileNotFound", Fault.NotFound,
                $"The folder '{folder}' holds no '{name}': neither under that name nor as '{dotted}', with or without '.gz'. Put it there.", folder);
    }
}
