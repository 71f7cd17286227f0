namespace MnistPS.Formats;

/// <summary>Reads data sets from paths, in whatever of the forms of <see cref="DatasetFormat"/> they are there.</summary>
internal static class DatasetImport
{
    private const int StartLength = 4;

    /// <summary>Reads a data set. It is named after its folder, unless it is MNIST to the byte.</summary>
    /// <param name="path">
    /// A folder with the four files of MNIST, else with an npz file, else with two tables, else with folders of pictures; or an npz file, or one of two tables.
    /// </param>
    /// <param name="warn">Hears of files that are sound and yet odd.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="family">The collection that it is of, or null to find out.</param>
    /// <param name="tell">Hears of what is done to the files.</param>
    /// <exception cref="MnistException">
    /// As <see cref="MnistFolder.LoadAsync"/>, <see cref="NpzDataset.Read"/>, <see cref="CsvDataset.Read"/> or <see cref="PngDataset.Read"/>.
    /// </exception>
    public static Task<MnistDataset> LoadAsync(
        string path, Action<string> warn, CancellationToken cancellation, MnistFamily? family = null, Action<string>? tell = null)
    {
        try
        {
            bool isFolder = Directory.Exists(path);
            Func<string, MnistDataset>? read = isFolder ? ReaderOfFolder(path, cancellation) : File.Exists(path) ? ReaderOfFile(path, cancellation) : null;
            if (read is null)
            {
                return MnistFolder.LoadAsync(path, warn, cancellation, family, tell);
            }

            string name = new DirectoryInfo(isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!).Name;
            return Task.Run(() => family is { } given ? read(name).As(MnistFiles.Of(given)) : read(name), cancellation);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {e.Message.TrimEnd('.')}.", path, e);
        }
    }

    private static Func<string, MnistDataset>? ReaderOfFolder(string folder, CancellationToken cancellation)
        => MnistFolder.IsOne(folder) ? null
            : NpzDataset.Find(folder) is { } npz ? name => NpzDataset.Read(npz, name, cancellation)
            : CsvDataset.Find(folder) is { } tables ? name => CsvDataset.Read(tables, name, cancellation)
            : PngDataset.Find(folder) is { } pictures ? name => PngDataset.Read(pictures, name, cancellation)
            : null;

    private static Func<string, MnistDataset>? ReaderOfFile(string path, CancellationToken cancellation)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".NPZ":
                return name => NpzDataset.Read(path, name, cancellation);
            case ".CSV":
                return name => CsvDataset.Read(CsvDataset.PairOf(path), name, cancellation);
            default:
                // Whatever its name is, an npz file is one.
                using (FileStream file = SpecialFile.OpenFile(path))
                {
                    byte[] start = new byte[StartLength];
                    return NpzFile.Begins(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)))
                        ? name => NpzDataset.Read(path, name, cancellation)
                        : null;
                }
        }
    }
}
