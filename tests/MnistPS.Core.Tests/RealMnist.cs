namespace MnistPS.Tests;

/// <summary>MNIST for tests that need it, read once. No part of it is in the repository.</summary>
internal static class RealMnist
{
    private static readonly Lock _once = new();
    private static MnistDataset? _all;

    /// <summary>The first training and test images. Without MNIST the test is skipped.</summary>
    public static MnistDataset First(int trainingCount, int testCount)
    {
        string folder = FolderOrSkip();
        lock (_once)
        {
            _all ??= MnistFolder.LoadAsync(folder, _ => { }, CancellationToken.None).GetAwaiter().GetResult();
        }

        return new MnistDataset(_all.Name, _all.Training.Slice(0, trainingCount), _all.Test.Slice(0, testCount));
    }

    /// <summary>The folder with the four files: that of MNISTPS_TEST_DATA, or shared/mnist beside the repository. Without it the test is skipped.</summary>
    public static string FolderOrSkip()
    {
        string folder = Environment.GetEnvironmentVariable("MNISTPS_TEST_DATA") ?? Path.Combine(RepositoryRoot(), "..", "shared", "mnist");
        Assert.SkipUnless(Directory.Exists(folder), $"MNIST is not at hand: there is no folder '{folder}'.");
        return folder;
    }

    /// <summary>The root of the repository.</summary>
    public static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MnistPS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds MnistPS.slnx.");
    }
}
