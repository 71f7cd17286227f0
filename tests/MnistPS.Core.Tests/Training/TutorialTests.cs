using System.Globalization;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>
/// The tutorial's network on MNIST: tutorial-log.txt is the tutorial's output, reproduced with NumPy 1.24.2; tutorial-runs.json is the same code with
/// other settings, made by tutorial_runs.py.
/// </summary>
public sealed class TutorialTests
{
    private static readonly TutorialRun[] _runs = Facts.Read<TutorialFile>("tutorial-runs.json").Runs;

    public static MatrixTheoryData<int, int> Cases => new(Enumerable.Range(0, _runs.Length), [1, 2]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheLogIsTheTutorials(int threads)
    {
        MnistDataset dataset = RealMnist.First(1000, 1000);
        MnistNetwork network = Sample.Tutorial(884736743);

        EpochMetrics[] metrics = Sample.Train(network, dataset, TrainingOptions.For(network) with { Threads = threads });

        Assert.Equal(Facts.ReadLines("tutorial-log.txt"), metrics.Select(epoch => epoch.ToString()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OtherSettingsAreNumPys(int run, int threads)
    {
        TutorialRun expected = _runs[run];
        MnistDataset dataset = RealMnist.First(expected.TrainingCount, expected.TestCount);
        MnistNetwork network = Sample.Tutorial(ulong.Parse(expected.Seed, CultureInfo.InvariantCulture), expected.HiddenSize);
        TrainingOptions options = TrainingOptions.For(network) with
        {
            Epochs = expected.Epochs.Length, LearningRate = expected.LearningRate, Threads = threads,
        };

        EpochMetrics[] metrics = Sample.Train(network, dataset, options);

        // The order of sums may differ, and so the last digits.
        Assert.Equal(expected.Epochs.Length, metrics.Length);
        Assert.All(metrics.Zip(expected.Epochs), pair =>
        {
            (EpochMetrics actual, TrajectoryEpoch epoch) = pair;
            Assert.Equal(epoch.TrainingLoss, actual.TrainingError, epoch.TrainingLoss * 1e-11);
            Assert.Equal(epoch.TestLoss, actual.TestError!.Value, epoch.TestLoss * 1e-11);
            Assert.Equal(epoch.TrainingAccuracy, actual.TrainingAccuracy);
            Assert.Equal(epoch.TestAccuracy, actual.TestAccuracy);
        });
    }

    private sealed record TutorialFile(TutorialRun[] Runs);

    private sealed record TutorialRun(
        string Seed, int HiddenSize, double LearningRate, int TrainingCount, int TestCount, TrajectoryEpoch[] Epochs);
}
