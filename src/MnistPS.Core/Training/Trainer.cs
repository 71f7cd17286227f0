using System.Diagnostics;
using System.Numerics;
using MnistPS.Networks;
using MnistPS.Numerics;

namespace MnistPS.Training;

/// <summary>Trains a network, an epoch at a time.</summary>
internal static class Trainer
{
    /// <summary>
    /// Trains a network. Each epoch's metrics come the moment they are known, and the network then is as it was at that epoch's end;
    /// whatever ends the training, it stays as of the last metrics.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">What to train on and to test with.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears now and then how far it has come, on the calling thread.</param>
    /// <param name="cancellation">Ends the training, in the middle of a batch if need be.</param>
    /// <exception cref="MnistException">An option is out of range, or the training diverges (<c>TrainingDiverged</c>).</exception>
    public static IEnumerable<EpochMetrics> Train(
        MnistNetwork network, MnistDataset dataset, TrainingOptions options, Action<TrainingProgress> progress, CancellationToken cancellation)
    {
        options.Check(network.Definition, dataset);
        return options.Precision == Precision.Single
            ? new Trainer<float>(network, dataset, options, progress, cancellation).Train()
            : new Trainer<double>(network, dataset, options, progress, cancellation).Train();
    }
}

/// <summary>Trains a network in one precision.</summary>
internal sealed class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ProgressMilliseconds = 100;

    private readonly MnistNetwork _network;
    private readonly TrainingOptions _options;
    private readonly Action<TrainingProgress> _progress;
    private readonly CancellationToken _cancellation;
    private readonly ImageSet _images;
    private readonly ImageSet? _validation;
    private readonly ImageSet _test;
    private readonly int _count;
    private readonly int _batchCount;
    private readonly Stopwatch _clock = new();
    private long _nextProgress;

    public Trainer(
        MnistNetwork network, MnistDataset dataset, TrainingOptions options, Action<TrainingProgress> progress, CancellationToken cancellation)
    {
        _network = network;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _images = dataset.Training;
        _test = dataset.Test;
        _count = dataset.Training.Count - options.ValidationCount;
        _batchCount = (_count + options.BatchSize - 1) / options.BatchSize;
        _validation = options.ValidationCount > 0 ? dataset.Training.Slice(_count, options.ValidationCount) : null;
    }

    /// <summary>The epochs, one after another.</summary>
    public IEnumerable<EpochMetrics> Train()
    {
        _network.BeginTraining();
        try
        {
            foreach (EpochMetrics metrics in TrainEpochs())
            {
                // What the caller does with them is no training time.
                _clock.Stop();
                yield return metrics;
                _clock.Start();
            }
        }
        finally
        {
            _network.EndTraining();
        }
    }

    private IEnumerable<EpochMetrics> TrainEpochs()
    {
        NetworkState start = _network.State;
        NumPyGenerator generator = start.Generator.Clone();
        using Workers workers = new(_options.Threads);
        Learner<T> learner = new(_network.Definition, start, _options, workers, generator, _cancellation);

        // Unless all threads do all steps, they are free to test one epoch while the next one is trained.
        bool testsAside = _options.Threads > 1 && !learner.SharesWork && _options.EarlyStoppingPatience is null;
        Evaluator<T> evaluator = null!;
        EpochResult? tested = null;
        bool isAside = testsAside;
        if (testsAside)
        {
            workers.Start(1, (_, _) => evaluator = new Evaluator<T>(_network.Definition, workers));
        }
        else
        {
            evaluator = new Evaluator<T>(_network.Definition, workers);
        }

        EarlyStopping? stopping = _options.EarlyStoppingPatience is int patience ? new EarlyStopping(patience) : null;

        _clock.Start();
        bool isLast = false;
        for (int epoch = 0; epoch < _options.Epochs && !isLast; epoch++)
        {
            int number = start.History.Count + epoch;
            int[]? order = _options.Shuffle ? generator.Permutation(_count) : null;
            EpochTotals totals = new();
            TimeSpan begin = _clock.Elapsed;
            double rate = 0;
            MnistException? fault = null;
            for (int i = 0; i < _batchCount && !isLast && fault is null; i++)
            {
                if (_cancellation.IsCancellationRequested)
                {
                    yield break;
                }

                if (isAside && workers.IsFinished && FinishAside() is { } early)
                {
                    yield return Publish(early);
                }

                Report(epoch, totals);
                rate = LearningRate.At(
                    _options.Schedule, _options.LearningRate, (long)epoch * _batchCount + i, (long)_options.Epochs * _batchCount);
                int first = i * _options.BatchSize;
                fault = learner.Step(_images, order, first, Math.Min(_options.BatchSize, _count - first), rate, totals, number);
                isLast = _options.MaximumTime is TimeSpan limit && _clock.Elapsed > limit;
            }

            if (_cancellation.IsCancellationRequested)
            {
                yield break;
            }

            TimeSpan trained = _clock.Elapsed - begin;
            if (isAside && FinishAside() is { } previous)
            {
                yield return Publish(previous);
            }

            if (fault is not null)
            {
                throw fault;
            }

            NetworkState state = learner.Store(evaluator);
            if (testsAside && epoch + 1 < _options.Epochs && !isLast)
            {
                isAside = true;
                workers.Start(1, (_, _) => tested = Test(evaluator, state, number, totals, rate, trained));
            }
            else if (Test(evaluator, state, number, totals, rate, trained) is { } result)
            {
                isLast |= stopping?.IsOver(result.Metrics.ValidationError!.Value, result.State) ?? false;
                yield return Publish(result);
            }
            else
            {
                yield break;
            }
        }

        if (stopping?.Best is { } best)
        {
            _network.State = best with { History = _network.State.History };
        }

        EpochResult? FinishAside()
        {
            isAside = false;
            workers.Finish();
            return tested;
        }
    }

    /// <summary>Tests a network as it was at the end of an epoch, when the evaluator was given its parameters.</summary>
    /// <returns>The epoch's metrics, or null if the training is cancelled.</returns>
    private EpochResult? Test(Evaluator<T> evaluator, NetworkState state, int epoch, EpochTotals totals, double rate, TimeSpan trained)
    {
        state = state with { Values = evaluator.Store() };
        (double Error, double Accuracy)? validation = _validation is null ? null : evaluator.Measure(_validation, _cancellation);
        if (evaluator.Measure(_test, _cancellation) is not var (error, accuracy) || (_validation is not null && validation is null))
        {
            return null;
        }

        return new EpochResult(
            new EpochMetrics(
                epoch,
                totals.Error / totals.Images,
                totals.Accuracy,
                validation?.Error,
                validation?.Accuracy,
                error,
                accuracy,
                rate,
                _clock.Elapsed,
                totals.Images / trained.TotalSeconds),
            state);
    }

    /// <summary>Lets the network be as it was at the end of an epoch.</summary>
    /// <exception cref="MnistException">It ended with a network that gives no numbers (<c>TrainingDiverged</c>).</exception>
    private EpochMetrics Publish(EpochResult result)
    {
        EpochMetrics metrics = result.Metrics;
        double error = metrics.ValidationError is { } validation && !double.IsFinite(validation) ? validation : metrics.TestError;
        if (!double.IsFinite(error))
        {
            throw Learner<T>.Diverged(_options, metrics.Epoch, "at its end", error, null);
        }

        _network.State = result.State with { History = _network.State.History.Add(metrics) };
        return metrics;
    }

    private void Report(int epoch, EpochTotals totals)
    {
        // The coarse clock: to read the exact one takes a fiftieth of a step of the document's.
        long now = Environment.TickCount64;
        if (now >= _nextProgress)
        {
            _nextProgress = now + ProgressMilliseconds;
            _progress(new TrainingProgress(epoch, _options.Epochs, totals.Images, _count, totals.Accuracy, _clock.Elapsed, _options.MaximumTime));
        }
    }

    private sealed record EpochResult(EpochMetrics Metrics, NetworkState State);
}
