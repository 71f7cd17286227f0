namespace MnistPS.Benchmarks;

/// <summary>The images of all rows: MNIST if it is on this machine, else synthetic digits. Peers read them as raw bytes from a folder.</summary>
internal sealed class BenchmarkData : IDisposable
{
    private const string PathVariable = "MNISTPS_TEST_DATA";

    private BenchmarkData(MnistDataset dataset)
    {
        Dataset = dataset;
        Folder = Directory.CreateTempSubdirectory("mnistps-benchmarks-").FullName;
        Write("training", dataset.Training);
        Write("test", dataset.Test);
        int nonzero = 0;
        for (int i = 0; i < dataset.Training.Count; i++)
        {
            nonzero += MnistImage.PixelCount - dataset.Training.PixelsOf(i).Count((byte)0);
        }

        NonzeroShare = (double)nonzero / (dataset.Training.Count * MnistImage.PixelCount);
    }

    /// <summary>The images and labels.</summary>
    public MnistDataset Dataset { get; }

    /// <summary>The data set and its share of nonzero pixels.</summary>
    public string Name => $"{Dataset}, {NonzeroShare:P1} of the pixels not zero";

    /// <summary>The folder with <c>training-images</c>, <c>training-labels</c>, <c>test-images</c> and <c>test-labels</c>.</summary>
    public string Folder { get; }

    /// <summary>The share of nonzero pixels.</summary>
    public double NonzeroShare { get; }

    /// <summary>Loads MNIST from <c>MNISTPS_TEST_DATA</c> or <c>../shared/mnist</c> beside the repository, or draws as many digits.</summary>
    public static BenchmarkData Load() => new(LoadDataset());

    /// <summary>Loads the data set alone.</summary>
    public static MnistDataset LoadDataset()
    {
        string? folder = Environment.GetEnvironmentVariable(PathVariable);
        if (folder is null && RepositoryRoot() is { Parent: { } beside })
        {
            folder = Path.Combine(beside.FullName, "shared", "mnist");
        }

        return Directory.Exists(folder)
            ? MnistFolder.LoadAsync(folder, _ => { }, CancellationToken.None).GetAwaiter().GetResult()
            : SyntheticDigits.CreateDataset(seed: 1, trainingCount: 60_000, testCount: 10_000);
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static DirectoryInfo? RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MnistPS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder;
    }

    private void Write(string name, ImageSet images)
    {
        using FileStream pixels = File.Create(Path.Combine(Folder, $"{name}-images"));
        for (int i = 0; i < images.Count; i++)
        {
            pixels.Write(images.PixelsOf(i));
        }

        File.WriteAllBytes(Path.Combine(Folder, $"{name}-labels"), [.. images.Labels]);
    }
}
