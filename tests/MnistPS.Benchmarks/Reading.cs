using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>The test images read by the project, from grey values to outputs, some at a time.</summary>
internal sealed class Reading : Entrant
{
    private readonly int _batchSize;
    private readonly ImageSet _images;
    private readonly Workers _workers;
    private readonly Evaluator _evaluator;

    public Reading(BenchmarkData data, MnistNetwork network, int batchSize, int threads)
    {
        _batchSize = batchSize;
        _images = data.Dataset.Test;
        _workers = new Workers(threads);
        _evaluator = Evaluator.Create(network.Definition, network.State, _workers);
    }

    /// <inheritdoc/>
    public override string Name => Own.Name(Threads);

    /// <inheritdoc/>
    public override int Threads => _workers.Count;

    /// <inheritdoc/>
    public override double Run()
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _images.Count; i += _batchSize)
        {
            _evaluator.Forward(_images, i, Math.Min(_batchSize, _images.Count - i));
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The scores of some images.</summary>
    public double[][] Scores(int count)
    {
        _evaluator.Forward(_images, 0, count);
        return [.. Enumerable.Range(0, count).Select(image => _evaluator.Read(image).Scores)];
    }

    /// <inheritdoc/>
    public override void Dispose() => _workers.Dispose();
}
