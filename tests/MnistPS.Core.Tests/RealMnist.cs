namespace MnistPS.Tests;

/// <summary>MNIST, read once, for comparisons with other programs.</summary>
internal static class RealMnist
{
    private static readonly Lock _once = new();
    private static MnistDataset? _all;

    /// <summary>The first training and test images. Without MNIST the test is skipped.</summary>
    public static MnistDataset First(int trainingCount, int testCount)
    {
        string folder = MnistTestData.FolderOrSkip();
        lock (_once)
        {
            _all ??= MnistFolder.LoadAsync(folder, _ => { }, CancellationToken.None).GetAwaiter().GetResult();
        }

        return new MnistDataset(_all.Name, _all.Training.Slice(0, trainingCount), _all.Test.Slice(0, testCount));
    }
}
