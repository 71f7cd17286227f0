using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>The tutorial's training by the project: 20 epochs of 1000 images, each followed by a test with 1000 others.</summary>
internal sealed class Tutorial(BenchmarkData data, NetworkDefinition definition, int threads) : Entrant
{
    public const int Images = 1000;
    private const ulong Seed = 884736743;

    private readonly MnistDataset _dataset = data.Dataset.Take(Images, Images);

    /// <inheritdoc/>
    public override string Name => Own.Name(threads);

    /// <inheritdoc/>
    public override int Threads => threads;

    /// <inheritdoc/>
    public override double Run()
    {
        long start = Stopwatch.GetTimestamp();
        MnistNetwork network = new(definition, Seed);
        TrainingOptions options = TrainingOptions.For(network) with { Threads = threads };
        List<EpochMetrics> metrics = [.. Trainer.Train(network, _dataset, options, _ => { }, CancellationToken.None)];
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Outcome = string.Join("; ", metrics);
        return seconds;
    }

    /// <summary>Does nothing: a training releases its resources itself.</summary>
    public override void Dispose()
    {
    }
}
