using System.Numerics;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>A batch allocates nothing after the first ones. Other tests allocate too, so these run alone.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Steps = 200;

    public static TheoryData<string, int> Networks => new()
    {
        { "", 1 },
        { "dense 200,relu,dense 10", 200 },
        { "dense 512,batchnorm,relu,dropout 0.2,dense 10", 64 },
        { "conv 8x5,batchnorm,tanh,pool 2,dropout 0.2,conv 16x5,relu,pool 2,dense 64,relu,dense 10", 64 },
    };

    public static MatrixTheoryData<string, Precision, bool> Ways =>
        new(Networks.Select(network => network.Data.Item1), Enum.GetValues<Precision>(), [false, true]);

    [Theory]
    [MemberData(nameof(Networks))]
    public void AStepAllocatesNothing(string layers, int batchSize)
    {
        using Workers workers = new(1);
        Assert.Equal(0, LeastAllocated<double>(layers, Options(layers, batchSize), workers, StepsOf(layers), GC.GetAllocatedBytesForCurrentThread));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void NeitherDoTheOtherThreads(string layers, int batchSize)
        => AssertNoThreadAllocates<double>(layers, Options(layers, batchSize), StepsOf(layers));

    [Theory]
    [MemberData(nameof(Ways))]
    public void NorDoShufflingAndVariationInEitherPrecision(string layers, Precision precision, bool isVaried)
    {
        TrainingOptions options = Options(layers, batchSize: layers.Length == 0 ? 1 : 64) with
        {
            Shuffle = true, Precision = precision, Augmentations = isVaried ? Enum.GetValues<Augmentation>() : [],
        };
        int steps = options.BatchSize == 1 ? Steps : Steps / 20;
        if (precision == Precision.Single)
        {
            AssertNoThreadAllocates<float>(layers, options, steps);
        }
        else
        {
            AssertNoThreadAllocates<double>(layers, options, steps);
        }
    }

    private static TrainingOptions Options(string layers, int batchSize)
        => Sample.Options(batchSize: batchSize) with { Optimizer = layers.Length == 0 ? OptimizerKind.Sgd : OptimizerKind.Adam };

    private static int StepsOf(string layers) => layers.StartsWith("conv", StringComparison.Ordinal) ? Steps / 20 : Steps;

    private static void AssertNoThreadAllocates<T>(string layers, TrainingOptions options, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Workers workers = new(2);

        // The runtime and the test platform may allocate at any time, but not in each of several tries.
        long allocated = LeastAllocated<T>(layers, options, workers, steps, () => GC.GetTotalAllocatedBytes(precise: true));
        Assert.True(allocated < steps, $"{allocated} bytes were allocated in {steps} steps.");
    }

    private static long LeastAllocated<T>(string layers, TrainingOptions options, Workers workers, int steps, Func<long> allocated)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MnistNetwork network = layers.Length == 0 ? Sample.Tutorial(1) : Sample.Network(layers);

        // Single images go through in blocks of several.
        int batchSize = options.BatchSize;
        ImageSet images = Sample.Images(batchSize == 1 ? 100 : 2 * batchSize, 1);
        NumPyGenerator generator = network.State.Generator.Clone();
        int[]? order = options.Shuffle ? generator.Permutation(images.Count) : null;
        TrainingStep<T> learner = new(network.Definition, network.State, options, workers, generator, CancellationToken.None);
        EpochTotals totals = new();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 6; attempt++)
        {
            long before = allocated();
            for (int step = 0; step < steps; step++)
            {
                Assert.Null(learner.Step(images, order, step * batchSize % images.Count, batchSize, 1e-3, totals, 0));
            }

            least = Math.Min(least, allocated() - before);
        }

        return least;
    }
}
