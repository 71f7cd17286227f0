using MnistPS.Numerics;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Nothing is allocated for a batch once the first ones have gone through. Other tests allocate too, so these run by themselves.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Steps = 200;

    public static TheoryData<string, int> Networks => new()
    {
        { "", 1 },
        { "dense 512,batchnorm,relu,dropout 0.2,dense 10", 64 },
        { "conv 8x5,relu,pool 2,dropout 0.2,conv 16x5,batchnorm,tanh,pool 2,dense 64,relu,dense 10", 64 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void AStepAllocatesNothing(string layers, int batchSize)
    {
        using Workers workers = new(1);
        Assert.Equal(0, LeastAllocated(layers, batchSize, workers, GC.GetAllocatedBytesForCurrentThread));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void NeitherDoTheOtherThreads(string layers, int batchSize)
    {
        using Workers workers = new(2);

        // The runtime and the test platform may allocate at any time, but not in each of several tries.
        long allocated = LeastAllocated(layers, batchSize, workers, () => GC.GetTotalAllocatedBytes(precise: true));
        Assert.True(allocated < Steps, $"{allocated} bytes were allocated in {Steps} steps.");
    }

    private static long LeastAllocated(string layers, int batchSize, Workers workers, Func<long> allocated)
    {
        MnistNetwork network = layers.Length == 0 ? Sample.Tutorial(1) : Sample.Network(layers);

        // Single images go through in runs, which are longer than one.
        ImageSet images = Sample.Images(batchSize == 1 ? 100 : 2 * batchSize, 1);
        TrainingOptions options = Sample.Options(batchSize: batchSize) with { Optimizer = layers.Length == 0 ? OptimizerKind.Sgd : OptimizerKind.Adam };
        Learner<double> learner = new(network.Definition, network.State, options, workers, network.State.Generator.Clone(), CancellationToken.None);
        EpochTotals totals = new();
        int steps = layers.StartsWith("conv", StringComparison.Ordinal) ? Steps / 20 : Steps;
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 6; attempt++)
        {
            long before = allocated();
            for (int step = 0; step < steps; step++)
            {
                Assert.Null(learner.Step(images, null, step * batchSize % images.Count, batchSize, 1e-3, totals, 0));
            }

            least = Math.Min(least, allocated() - before);
        }

        return least;
    }
}
