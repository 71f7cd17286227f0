namespace MnistPS;

/// <summary>A folder of one's own with the four files of a data set, raw or gzipped, under their usual names.</summary>
internal static class MnistFolder
{
    /// <summary>Reads the four files. The data set is named after the folder, unless it is MNIST by its digests.</summary>
    /// <exception cref="MnistException">
    /// The folder (<c>FolderNotFound</c>) or a file (<c>FileNotFound</c>) is not there, or a file is not as it should be: see <see cref="IdxFile"/>
    /// and <see cref="MnistFiles"/>.
    /// </exception>
    public static Task<MnistDataset> LoadAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            throw new MnistException("FolderNotFound", Fault.NotFound,
                $"There is no folder '{folder}'. Give -Path a folder with the four IDX files of MNIST, raw or gzipped.", folder);
        }

        return MnistFiles.Mnist.ReadAsync(
            new DirectoryInfo(folder).Name,
            file => IdxFile.Read(Find(folder, file.Name), file.ItemShape, cancellation));
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
