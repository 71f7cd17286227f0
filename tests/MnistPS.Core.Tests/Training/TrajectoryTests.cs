using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>
/// Small networks trained by PyTorch 1.13 in float64 on MNIST: trajectories.json has the project's six reference trainings; more-trajectories.json was
/// made by more_trajectories.py.
/// </summary>
public sealed class TrajectoryTests
{
    private const double Tolerance = 1e-9;

    private static readonly Trajectory[] _all =
    [
        .. Facts.Read<TrajectoryFile>("trajectories.json").Trajectories,
        .. Facts.Read<TrajectoryFile>("more-trajectories.json").Trajectories,
    ];

    public static MatrixTheoryData<string, int> Cases => new(_all.Select(trajectory => trajectory.Name), [1, 2]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TrainingIsPyTorchs(string name, int threads)
    {
        Trajectory expected = _all.Single(trajectory => trajectory.Name == name);
        MnistDataset dataset = RealMnist.First(expected.TrainingCount, expected.TestCount);
        LossKind loss = expected.Loss == "squared" ? LossKind.SquaredError : LossKind.CrossEntropy;
        MnistNetwork network = Sample.Network(string.Join(',', expected.Layers), expected.Seed, loss, expected.LabelSmoothing);
        TrainingOptions options = Sample.Options(expected.Epochs.Length, expected.BatchSize) with
        {
            Optimizer = Enum.Parse<OptimizerKind>(expected.Optimizer, ignoreCase: true),
            LearningRate = expected.LearningRate,
            WeightDecay = expected.WeightDecay,
            Schedule = Enum.Parse<LearningRateSchedule>(expected.Schedule, ignoreCase: true),
            Threads = threads,
        };

        EpochMetrics[] metrics = Sample.Train(network, dataset, options);

        Assert.Equal(expected.Epochs.Length, metrics.Length);
        Assert.All(metrics.Zip(expected.Epochs), pair =>
        {
            (EpochMetrics actual, TrajectoryEpoch epoch) = pair;
            AssertClose(epoch.TrainingLoss, actual.TrainingError);
            AssertClose(epoch.TestLoss, actual.TestError!.Value);
            Assert.Equal(epoch.TrainingAccuracy, actual.TrainingAccuracy);
            Assert.Equal(epoch.TestAccuracy, actual.TestAccuracy);
            AssertClose(epoch.LearningRate ?? expected.LearningRate, actual.LearningRate);
        });
    }

    private static void AssertClose(double expected, double actual)
        => Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"{actual:R} was expected to be {expected:R}.");
}
