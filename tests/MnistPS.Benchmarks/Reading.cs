using System.Diagnostics;
using MnistPS.Execution;
using MnistPS.Numerics;

namespace MnistPS.Benchmarks;

/// <summary>Inference of the test images by the project, from grey values to outputs, in batches.</summary>
internal sealed class Reading : Entrant
{
    private readonly List<(byte[] Pixels, int Count)> _batches = [];
    private readonly Workers _workers;
    private readonly Evaluator _evaluator;

    public Reading(BenchmarkData data, MnistNetwork network, int batchSize, int threads)
    {
        foreach (MnistImage[] batch in data.Dataset.Test.Chunk(batchSize))
        {
            _batches.Add(([.. batch.SelectMany(image => image.Pixels)], batch.Length));
        }

        _workers = new Workers(threads);
        _evaluator = Evaluator.Create(network.Definition, network.State, _workers, CancellationToken.None);
    }

    /// <inheritdoc/>
    public override string Name => Own.Name(Threads);

    /// <inheritdoc/>
    public override int Threads => _workers.Count;

    /// <inheritdoc/>
    public override double Run()
    {
        long start = Stopwatch.GetTimestamp();
        foreach ((byte[] pixels, int count) in _batches)
        {
            _evaluator.Forward(pixels, count);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The scores of the first images.</summary>
    public double[][] Scores(int count)
    {
        List<double[]> scores = [];
        foreach ((byte[] pixels, int size) in _batches.TakeWhile(_ => scores.Count < count))
        {
            _evaluator.Forward(pixels, size);
            scores.AddRange(Enumerable.Range(0, size).Select(image => _evaluator.Read(image, temperature: 1).Scores));
        }

        return [.. scores.Take(count)];
    }

    /// <inheritdoc/>
    public override void Dispose() => _workers.Dispose();
}
