namespace MnistPS.Formats;

/// <summary>Reads data sets from paths, in any of the formats of <see cref="DatasetFormat"/>.</summary>
internal static class DatasetImport
{
    private const int StartLength = 4;

    /// <summary>Reads a data set. It is named after its folder, unless its content is MNIST's.</summary>
    /// <param name="path">
    /// A folder with the four files of MNIST, else with an npz file, else with two CSV files, else with folders of PNGs; or an npz file; or a CSV file of two.
    /// </param>
    /// <param name="warn">Receives warnings about files that can be read.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="family">Its collection, or null to recognize it.</param>
    /// <param name="tell">Receives a sentence on each conversion.</param>
    /// <exception cref="MnistException">
    /// As <see cref="MnistFolder.LoadAsync"/>, <see cref="NpzDataset.Read"/>, <see cref="CsvDataset.Read"/> or <see cref="PngDataset.Read"/>.
    /// </exception>
    public static Task<MnistDataset> LoadAsync(
        string path, Action<string> warn, CancellationToken cancellation, MnistFamily? family = null, Action<string>? tell = null)
    {
        try
        {
            bool isFolder = Directory.Exists(path);
            if (isFolder)
            {
                WarnOfSeveral(path, warn);
            }

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

    // The first form is read. The others may be another data set.
    private static void WarnOfSeveral(string folder, Action<string> warn)
    {
        string[] forms =
        [
            .. MnistFolder.IsOne(folder) ? (string[])["IDX"] : [],
            .. NpzDataset.Find(folder) is null ? (string[])[] : ["npz"],
            .. CsvDataset.Find(folder) is null ? (string[])[] : ["CSV"],
            .. PngDataset.Find(folder) is null ? (string[])[] : ["PNG"],
        ];
        if (forms.Length > 1)
        {
            warn($"The folder '{folder}' holds a data set in several forms: {string.Join(", ", forms)}. {forms[0]} is read. Move the others away if they are another data set.");
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
                // An npz file can have any name.
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
