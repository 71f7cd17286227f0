namespace MnistPS.Formats;

/// <summary>Reads data sets from paths, in any of the formats of <see cref="DatasetFormat"/>.</summary>
internal static class DatasetImport
{
    private const int StartLength = 4;

    private delegate MnistDataset Reader(string name, Action<string> warn, Action<string> tell, CancellationToken cancellation);

    /// <summary>
    /// Reads a data set. It is named after its folder, unless its content is MNIST's. Its class names are those of its collection, or those in its folder
    /// (<see cref="ClassNamesFile"/>).
    /// </summary>
    /// <param name="path">
    /// A folder with the four files of MNIST, else with an npz file, else with npy files, else with CSV files, else with folders of PNGs; or an npz file; or
    /// one of the npy or CSV files. A part without files has no images.
    /// </param>
    /// <param name="warn">Receives warnings about files that can be read.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="family">Its collection, or null to recognize it.</param>
    /// <param name="tell">Receives a sentence on each conversion, and on a part without images.</param>
    /// <exception cref="MnistException">
    /// As <see cref="MnistFolder.LoadAsync"/>, <see cref="NumPyDataset"/>, <see cref="CsvDataset.Read"/> or <see cref="PngDataset.Read"/>.
    /// </exception>
    public static async Task<MnistDataset> LoadAsync(
        string path, Action<string> warn, CancellationToken cancellation, MnistFamily? family = null, Action<string>? tell = null)
    {
        try
        {
            bool isFolder = Directory.Exists(path);
            string folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (isFolder)
            {
                WarnOfSeveral(path, warn);
            }

            Reader? read = isFolder ? ReaderOfFolder(path) : File.Exists(path) ? ReaderOfFile(path) : null;
            MnistDataset dataset = read is null
                ? await MnistFolder.LoadAsync(path, warn, cancellation, tell)
                : await ReadAsync(read, new DirectoryInfo(folder).Name, warn, tell, cancellation);
            if (family is { } given)
            {
                dataset = dataset.As(MnistFiles.Of(given));
            }
            else if (ClassNamesFile.Read(folder, warn) is { } names)
            {
                dataset = dataset.As(dataset.Name, names);
            }

            Check(dataset, path, warn, tell);
            return dataset;
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {e.Message.TrimEnd('.')}.", path, e);
        }
    }

    private static async Task<MnistDataset> ReadAsync(Reader read, string name, Action<string> warn, Action<string>? tell, CancellationToken cancellation)
    {
        // Cmdlets write only from the caller's thread.
        List<(Action<string>? Receiver, string Text)> messages = [];
        MnistDataset dataset = await Task.Run(() => read(name, text => messages.Add((warn, text)), text => messages.Add((tell, text)), cancellation), cancellation);
        foreach ((Action<string>? receiver, string text) in messages)
        {
            receiver?.Invoke(text);
        }

        return dataset;
    }

    private static void Check(MnistDataset dataset, string path, Action<string> warn, Action<string>? tell)
    {
        foreach ((string part, ImageSet images) in (ReadOnlySpan<(string, ImageSet)>)[("training", dataset.Training), ("test", dataset.Test)])
        {
            if (images.Count == 0)
            {
                tell?.Invoke($"'{path}' has no {part} images.");
            }
        }

        if (ClassNames.AreDigits(dataset.ClassNames) && Orientation.LooksTransposed(dataset.Training.Count > 0 ? dataset.Training : dataset.Test))
        {
            warn($"The images in '{path}' look as if their rows were columns. Look at them: $data.Training[0..4] | Show-MnistImage. If they are, name IDX files as 'emnist-digits-train-images-idx3-ubyte', or CSV files as 'emnist-digits-train.csv': these are put right. Transpose others in NumPy: x.transpose(0, 2, 1).");
        }
    }

    // The first form is read. The others may be another data set.
    private static void WarnOfSeveral(string folder, Action<string> warn)
    {
        string[] forms =
        [
            .. MnistFolder.IsOne(folder) ? (string[])["IDX"] : [],
            .. NumPyDataset.FindNpz(folder) is null ? (string[])[] : ["npz"],
            .. NumPyDataset.HasNpy(folder) ? (string[])["npy"] : [],
            .. CsvDataset.Find(folder) is null ? (string[])[] : ["CSV"],
            .. PngDataset.Find(folder) is null ? (string[])[] : ["PNG"],
        ];
        if (forms.Length > 1)
        {
            warn($"The folder '{folder}' holds a data set in several forms: {string.Join(", ", forms)}. {forms[0]} is read. Move the others away if they are another data set.");
        }
    }

    private static Reader? ReaderOfFolder(string folder)
        => MnistFolder.IsOne(folder) ? null
            : NumPyDataset.FindNpz(folder) is { } npz ? (name, _, _, cancellation) => NumPyDataset.ReadNpz(npz, name, cancellation)
            : NumPyDataset.HasNpy(folder) ? (name, _, _, cancellation) => NumPyDataset.ReadNpy(folder, name, cancellation)
            : CsvDataset.Find(folder) is { } tables ? (name, warn, tell, cancellation) => CsvDataset.Read(tables, name, warn, tell, cancellation)
            : PngDataset.Find(folder) is { } pictures ? (name, warn, _, cancellation) => PngDataset.Read(pictures, name, warn, cancellation)
            : null;

    private static Reader? ReaderOfFile(string path)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".NPZ":
                return (name, _, _, cancellation) => NumPyDataset.ReadNpz(path, name, cancellation);
            case ".NPY":
                return (name, _, _, cancellation) => NumPyDataset.ReadNpy(Path.GetDirectoryName(Path.GetFullPath(path))!, name, cancellation);
            case ".CSV":
                // Test images without labels are left out of a pair, and are a fault where they are asked for.
                (string Training, string Test) pair = CsvDataset.PairOf(path);
                return (name, warn, tell, cancellation) => CsvDataset.Read(pair, name, pair.Test == path ? null : warn, tell, cancellation);
            default:
                // An npz file can have any name.
                using (FileStream file = SpecialFile.OpenFile(path))
                {
                    byte[] start = new byte[StartLength];
                    return NpzFile.Begins(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)))
                        ? (name, _, _, cancellation) => NumPyDataset.ReadNpz(path, name, cancellation)
                        : null;
                }
        }
    }
}
