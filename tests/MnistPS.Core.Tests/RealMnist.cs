namespace MnistPS.Tests;

/// <summary>The real digits, read once, for tests that hold the engine against others.</summary>
internal static class RealMnist
{
    private static readonly Lock _once = new();
    private static MnistDataset? _all;

    /// <summary>The first images to train on and the first ones to test with; without MNIST the test is skipped.</summary>
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
