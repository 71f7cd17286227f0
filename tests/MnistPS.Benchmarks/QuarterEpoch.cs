using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>Training by the project in float32 with Adam, a quarter of an epoch per run, shuffled in each epoch, as in the peers' scripts.</summary>
internal sealed class QuarterEpoch : Entrant
{
    public const int BatchSize = 128;

    private readonly ImageSet _images;
    private readonly Workers _workers;
    private readonly NumPyGenerator _generator = new(1);
    private readonly TrainingStep<float> _learner;
    private int _quarter;
    private int[] _order = [];

    public QuarterEpoch(ImageSet images, NetworkDefinition definition, int threads)
    {
        _images = images;
        _workers = new Workers(threads);
        MnistNetwork network = new(definition, seed: 1);
        _learner = new TrainingStep<float>(definition, network.State, OptionsFor(network), _workers, _generator, CancellationToken.None);
    }

    /// <inheritdoc/>
    public override string Name => Own.Name(Threads);

    /// <inheritdoc/>
    public override int Threads => _workers.Count;

    /// <summary>Images per run.</summary>
    public static int CountOf(ImageSet images) => images.Count / BatchSize / 4 * BatchSize;

    /// <summary>The options of training.</summary>
    public static TrainingOptions OptionsFor(MnistNetwork network) => TrainingOptions.For(network) with
    {
        BatchSize = BatchSize,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.001,
        Schedule = LearningRateSchedule.Constant,
        Precision = Precision.Single,
    };

    /// <inheritdoc/>
    public override double Run()
    {
        long start = Stopwatch.GetTimestamp();
        if (_quarter % 4 == 0)
        {
            _order = _generator.Permutation(_images.Count);
        }

        EpochTotals totals = new();
        int count = CountOf(_images);
        int first = _quarter++ % 4 * count;
        for (int i = first; i < first + count; i += BatchSize)
        {
            if (_learner.Step(_images, _order, i, BatchSize, 0.001, totals, epoch: 0) is { } fault)
            {
                throw fault;
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public override void Dispose() => _workers.Dispose();
}
