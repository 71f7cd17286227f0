using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

public sealed class TrainingOptionsTests
{
    private static readonly Dictionary<string, Func<TrainingOptions, TrainingOptions>> _bad = new()
    {
        ["EpochsOutOfRange"] = options => options with { Epochs = 0 },
        ["LearningRateOutOfRange"] = options => options with { LearningRate = 0 },
        ["LearningRateOutOfRange (negative)"] = options => options with { LearningRate = -1 },
        ["LearningRateOutOfRange (NaN)"] = options => options with { LearningRate = double.NaN },
        ["LearningRateOutOfRange (infinite)"] = options => options with { LearningRate = double.PositiveInfinity },
        ["WeightDecayOutOfRange"] = options => options with { WeightDecay = -1e-4 },
        ["WeightDecayOutOfRange (NaN)"] = options => options with { WeightDecay = double.NaN },
        ["ThrottleLimitOutOfRange"] = options => options with { Threads = 0 },
        ["MaximumTimeOutOfRange"] = options => options with { MaximumTime = TimeSpan.Zero },
        ["ValidationLeavesNothing"] = options => options with { ValidationCount = 20 },
        ["ValidationLeavesNothing (negative)"] = options => options with { ValidationCount = -1 },
        ["BatchSizeOutOfRange"] = options => options with { BatchSize = 0 },
        ["BatchSizeOutOfRange (beyond the set)"] = options => options with { BatchSize = 21 },
        ["BatchSizeOutOfRange (beyond what validation leaves)"] = options => options with { BatchSize = 11, ValidationCount = 10 },
        ["PatienceOutOfRange"] = options => options with { EarlyStoppingPatience = 0, ValidationCount = 5 },
        ["NothingToWatch"] = options => options with { EarlyStoppingPatience = 1 },
    };

    private static readonly TrainingOptions _tutorial = new()
    {
        Epochs = 20,
        BatchSize = 1,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.005,
        Schedule = LearningRateSchedule.Constant,
        Shuffle = false,
        Precision = Precision.Double,
        WeightDecay = 0,
        ValidationCount = 0,
        EarlyStoppingPatience = null,
        Augmentations = [],
        MaximumTime = null,
        Threads = Environment.ProcessorCount,
    };

    private static readonly TrainingOptions _custom = _tutorial with
    {
        BatchSize = 128, Optimizer = OptimizerKind.Adam, LearningRate = 0.001, Shuffle = true, Precision = Precision.Single,
    };

    private static readonly Dictionary<string, (NetworkOptions Network, TrainingOptions Training)> _defaults = new()
    {
        ["nothing said"] = (new(), _tutorial),
        ["the tutorial's hidden layers"] = (new() { HiddenSize = [64, 32], DropoutRate = 0.2, WeightRange = 0.05 }, _tutorial),
        ["Tutorial"] = (new() { Preset = NetworkPreset.Tutorial }, _tutorial),
        ["Mlp"] = (
            new() { Preset = NetworkPreset.Mlp }, _custom with { Epochs = 20, LearningRate = 0.004, Schedule = LearningRateSchedule.OneCycle }),
        ["ConvNet"] = (
            new() { Preset = NetworkPreset.ConvNet },
            _custom with { Epochs = 2, BatchSize = 64, LearningRate = 0.01, Schedule = LearningRateSchedule.OneCycle }),
        ["layers"] = (new() { Layers = ["dense 10"] }, _custom),
        ["an activation"] = (new() { Activation = Activation.Tanh }, _custom),
        ["SquaredError"] = (new() { Loss = LossKind.SquaredError }, _custom),
        ["CrossEntropy"] = (new() { Loss = LossKind.CrossEntropy }, _custom),
    };

    public static TheoryData<string> Defaults => [.. _defaults.Keys];

    public static TheoryData<string> Bad => [.. _bad.Keys];

    [Theory]
    [MemberData(nameof(Defaults))]
    public void EachNetworkHasItsOwnWayOfBeingTrained(string name)
        => Assert.Equal(_defaults[name].Training, TrainingOptions.For(new MnistNetwork(_defaults[name].Network.Define(), 1)));

    [Theory]
    [MemberData(nameof(Bad))]
    public void WhatMakesNoSenseIsRefusedAndTheNetworkStaysUsable(string name)
    {
        MnistNetwork network = Sample.Network("dense 10");
        MnistDataset dataset = Sample.Dataset(20, 5);
        MnistException fault = Assert.Throws<MnistException>(() => Sample.Train(network, dataset, _bad[name](Sample.Options())));
        Assert.Equal((name.Split(' ')[0], Fault.InvalidArgument), (fault.Id, fault.Fault));
        Assert.Equal(0, network.EpochsTrained);
        Assert.Equal(2, Sample.Train(network, dataset, Sample.Options()).Length);
    }

    [Fact]
    public void ValidationImagesOfTheirOwnAreOneAtLeast()
    {
        MnistDataset dataset = Sample.Dataset(20, 5).WithValidation(new ImageSet([], []));
        Assert.Equal("NothingToValidate", Assert.Throws<MnistException>(() => Sample.Train(Sample.Network("dense 10"), dataset, Sample.Options())).Id);
    }

    [Fact]
    public void TargetsOfOtherClassesAreRefused()
    {
        byte[] labels = new byte[20];
        ImageSet images = new ImageSet(new byte[20 * MnistImage.PixelCount], labels).WithTargets(5);
        MnistDataset dataset = new("Sample", images, images);
        Assert.Equal("TargetsDoNotFit", Assert.Throws<MnistException>(() => Sample.Train(Sample.Network("dense 10"), dataset, Sample.Options())).Id);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 100)]
    [InlineData(0.9999, 1000)]
    public void AFractionIsACount(double fraction, int expected) => Assert.Equal(expected, TrainingOptions.CountOf(fraction, 1000));

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void AFractionThatIsNoneIsRefused(double fraction)
        => Assert.Equal("ValidationFractionOutOfRange", Assert.Throws<MnistException>(() => TrainingOptions.CountOf(fraction, 1000)).Id);
}
