using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>The same seed gives the same network, bit for bit.</summary>
public sealed class DeterminismTests
{
    private static readonly MnistDataset _dataset = Sample.Dataset(107, 30);

    private static readonly TrainingOptions _shared = Sample.Options(epochs: 2, batchSize: 35) with
    {
        Optimizer = OptimizerKind.Adam, Shuffle = true, WeightDecay = 1e-4,
    };

    /// <summary>Sparse first layers, convolutions, all random layers; each with an incomplete last batch, and large enough to be shared.</summary>
    public static MatrixTheoryData<string, Precision> Networks => new(
        [
            "dense 503,relu,dropout 0.3,dense 197,batchnorm,tanh,dense 10",
            "conv 5x5,batchnorm,relu,pool 2,dropout 0.2,conv 9x3 same,relu,pool 2,conv 7x2,leakyrelu,pool 3,dense 30,sigmoid,dense 10",
            "conv 5x5,pool 2,batchnorm,relu,conv 17x3,pool 2,batchnorm,relu,dense 10",
        ],
        Enum.GetValues<Precision>());

    [Theory]
    [MemberData(nameof(Networks))]
    public void ThreadsChangeNothing(string layers, Precision precision)
        => AssertThreadsChangeNothing(layers, _shared with { Precision = precision });

    [Theory]
    [MemberData(nameof(Networks))]
    public void ThreadsChangeNothingWhereImagesAreVaried(string layers, Precision precision)
        => AssertThreadsChangeNothing(layers, _shared with
        {
            Precision = precision, Augmentations = [Augmentation.Shift, Augmentation.Rotate, Augmentation.Elastic],
        });

    /// <summary>Layers whose images are shared by threads, and a first layer whose pixels are; with a small last batch.</summary>
    [Theory]
    [InlineData(Precision.Single, false)]
    [InlineData(Precision.Single, true)]
    [InlineData(Precision.Double, false)]
    [InlineData(Precision.Double, true)]
    public void ThreadsChangeNothingForNarrowLayers(Precision precision, bool isVaried)
        => AssertThreadsChangeNothing(
            "dense 160,relu,dropout 0.2,dense 150,tanh,dense 10",
            _shared with { Precision = precision, BatchSize = 160, Augmentations = isVaried ? [Augmentation.Shift] : [] },
            Sample.Dataset(329, 30));

    /// <summary>Image by image, and with a last batch of one image.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(106)]
    public void ThreadsChangeNothingForSingleImages(int batchSize)
    {
        TrainingOptions options = Sample.Options(epochs: 2, batchSize);
        (double[][] expected, EpochMetrics[] expectedMetrics) = Train("dense 900,relu,dense 10", options);
        foreach (int threads in (int[])[2, 3])
        {
            (double[][] actual, EpochMetrics[] metrics) = Train("dense 900,relu,dense 10", options with { Threads = threads });
            Assert.Equal(expected, actual);
            Assert.Equal(expectedMetrics.Select(Numbers), metrics.Select(Numbers));
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.Adam)]
    public void TwoEpochsTwiceAreFourEpochs(OptimizerKind optimizer)
    {
        const string Layers = "dense 33,batchnorm,relu,dropout 0.3,dense 10";
        TrainingOptions options = Sample.Options(epochs: 4, batchSize: 20) with { Optimizer = optimizer, Shuffle = true };
        MnistNetwork once = Sample.Network(Layers);
        EpochMetrics[] expected = Sample.Train(once, _dataset, options);

        MnistNetwork twice = Sample.Network(Layers);
        EpochMetrics[] actual = [.. Enumerable.Range(0, 2).SelectMany(_ => Sample.Train(twice, _dataset, options with { Epochs = 2 }))];

        Assert.Equal(expected.Select(Numbers), actual.Select(Numbers));
        Assert.Equal(once.State.Values, twice.State.Values);
        Assert.Equal(4, twice.EpochsTrained);
    }

    [Fact]
    public void AnotherSeedIsAnotherNetwork()
    {
        TrainingOptions options = Sample.Options();
        Assert.NotEqual(Train("dense 5,relu,dense 10", options, seed: 1).Values, Train("dense 5,relu,dense 10", options, seed: 2).Values);
    }

    [Fact]
    public void SingleAgreesWithDoubleToItsPrecision()
    {
        const string Layers = "conv 3x5,relu,pool 2,dropout 0.2,conv 5x3,relu,pool 2,dense 13,batchnorm,tanh,dropout 0.3,dense 10";
        TrainingOptions options = Sample.Options(epochs: 2, batchSize: 20) with { LearningRate = 0.02, Shuffle = true };
        EpochMetrics[] precise = Train(Layers, options).Metrics;
        EpochMetrics[] coarse = Train(Layers, options with { Precision = Precision.Single }).Metrics;
        Assert.All(precise.Zip(coarse), pair =>
        {
            Assert.Equal(pair.First.TrainingError, pair.Second.TrainingError, 1e-4);
            Assert.Equal(pair.First.TestError!.Value, pair.Second.TestError!.Value, 1e-4);
        });
    }

    private static void AssertThreadsChangeNothing(string layers, TrainingOptions options, MnistDataset? dataset = null)
    {
        (double[][] expected, EpochMetrics[] expectedMetrics) = Train(layers, options, dataset: dataset);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            (double[][] actual, EpochMetrics[] metrics) = Train(layers, options with { Threads = threads }, dataset: dataset);
            Assert.Equal(expected, actual);
            Assert.Equal(expectedMetrics.Select(Numbers), metrics.Select(Numbers));
        }
    }

    private static (double[][] Values, EpochMetrics[] Metrics) Train(
        string layers, TrainingOptions options, ulong seed = 5, MnistDataset? dataset = null)
    {
        MnistNetwork network = Sample.Network(layers, seed);
        EpochMetrics[] metrics = Sample.Train(network, dataset ?? _dataset, options);
        return (network.State.Values, metrics);
    }

    private static (int, double, double, double?, double?) Numbers(EpochMetrics metrics)
        => (metrics.Epoch, metrics.TrainingError, metrics.TrainingAccuracy, metrics.TestError, metrics.TestAccuracy);
}
