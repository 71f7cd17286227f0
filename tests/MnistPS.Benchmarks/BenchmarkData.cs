namespace MnistPS.Benchmarks;

/// <summary>What all rows train on and read: MNIST if it is on this machine, else digits that are drawn. Peers find it as raw bytes in a folder.</summary>
internal sealed class BenchmarkData : IDisposable
{
    private const string PathVariable = "MNISTPS_TEST_DATA";

    private BenchmarkData(MnistDataset dataset)
    {
        Dataset = dataset;
        Folder = Directory.CreateTempSubdirectory("mnistps-benchmarks-").FullName;
        Write("training", dataset.Training);
        Write("test", dataset.Test);
        int lit = 0;
        for (int i = 0; i < dataset.Training.Count; i++)
        {
            lit += MnistImage.PixelCount - dataset.Training.PixelsOf(i).Count((byte)0);
        }

        LitShare = (double)lit / (dataset.Training.Count * MnistImage.PixelCount);
    }

    /// <summary>The images and labels.</summary>
    public MnistDataset Dataset { get; }

    /// <summary>The data set and where it is from.</summary>
    public string Name => $"{Dataset}, {LitShare:P1} of the pixels not zero";

    /// <summary>The folder with <c>training-images</c>, <c>training-labels</c>, <c>test-images</c> and <c>test-labels</c>.</summary>
    public string Folder { get; }

    /// <summary>The share of pixels that are not zero.</summary>
    public double LitShare { get; }

    /// <summary>Loads MNIST from <c>MNISTPS_TEST_DATA</c> or <c>../shared/mnist</c> beside the repository, or draws as many digits.</summary>
    public static BenchmarkData Load() => new(LoadDataset());

    /// <summary>The data set alone.</summary>
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
