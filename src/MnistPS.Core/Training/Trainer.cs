using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
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
    /// <param name="checkpoint">Where the training goes on, and is told how far it has come at each epoch's end; or null.</param>
    /// <exception cref="MnistException">An option is out of range, or the training diverges (<c>TrainingDiverged</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled while the network was made ready, before the first step.</exception>
    public static IEnumerable<EpochMetrics> Train(
        MnistNetwork network,
        MnistDataset dataset,
        TrainingOptions options,
        Action<TrainingProgress> progress,
        CancellationToken cancellation,
        Checkpoint? checkpoint = null)
    {
        options.Check(network.Definition, dataset);
        return options.Precision == Precision.Single
            ? new Trainer<float>(network, dataset, options, progress, checkpoint, cancellation).Train()
            : new Trainer<double>(network, dataset, options, progress, checkpoint, cancellation).Train();
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
    private readonly Checkpoint? _checkpoint;
    private readonly ImageSet _images;
    private readonly ImageSet? _validation;
    private readonly ImageSet _test;
    private readonly int _count;
    private readonly int _batchCount;
    private readonly TrainingRun _run;
    private ImmutableList<TrainingRun> _runs = [];
    private readonly Stopwatch _clock = new();
    private TimeSpan _before;
    private long _nextProgress;

    public Trainer(
        MnistNetwork network,
        MnistDataset dataset,
        TrainingOptions options,
        Action<TrainingProgress> progress,
        Checkpoint? checkpoint,
        CancellationToken cancellation)
    {
        _network = network;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _checkpoint = checkpoint;
        _images = dataset.Training;
        _test = dataset.Test;
        _count = dataset.Training.Count - options.ValidationCount;
        _batchCount = (_count + options.BatchSize - 1) / options.BatchSize;
        _run = new TrainingRun(0, dataset.Name, dataset.Training.Count, dataset.Test.Count, options);
        _validation = options.ValidationCount > 0 ? dataset.Training.Slice(_count, options.ValidationCount) : null;
    }

    // Time that the training has taken, with that before it was interrupted.
    private TimeSpan Elapsed => _before + _clock.Elapsed;

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
        NetworkState start = _checkpoint?.State ?? _network.State;
        _network.State = start;
        if (_cancellation.IsCancellationRequested || _checkpoint?.Position is { IsFinished: true })
        {
            yield break;
        }

        int firstEpoch = _checkpoint?.Position?.FirstEpoch ?? start.History.Count;
        int done = start.History.Count - firstEpoch;
        _before = done > 0 ? start.History[^1].Elapsed : TimeSpan.Zero;
        _runs = done > 0 ? start.Runs : start.Runs.Add(_run with { FirstEpoch = firstEpoch });
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
            workers.Start(1, (_, _) => evaluator = new Evaluator<T>(_network.Definition, workers, CancellationToken.None));
        }
        else
        {
            evaluator = new Evaluator<T>(_network.Definition, workers, _cancellation);
        }

        EarlyStopping? stopping = _options.EarlyStoppingPatience is int patience ? new EarlyStopping(patience, _checkpoint?.Position?.Watch) : null;
        _checkpoint?.Begin(start, firstEpoch, stopping?.State);

        _clock.Start();
        bool isLast = false;
        for (int epoch = done; epoch < _options.Epochs && !isLast; epoch++)
        {
            int number = firstEpoch + epoch;
            Pass pass = new(epoch, number, _options.Shuffle ? generator.Permutation(_count) : null);
            TimeSpan begin = _clock.Elapsed;
            while (!pass.IsOver(_batchCount))
            {
                if (_cancellation.IsCancellationRequested)
                {
                    yield break;
                }

                Advance(pass, learner, isAside ? workers : null);
                if (isAside && workers.IsFinished && FinishAside() is { } early)
                {
                    yield return Publish(early);
                }
            }

            if (_cancellation.IsCancellationRequested)
            {
                yield break;
            }

            isLast = pass.IsOutOfTime;
            TimeSpan trained = _clock.Elapsed - begin;
            if (isAside && FinishAside() is { } previous)
            {
                yield return Publish(previous);
            }

            if (pass.Fault is not null)
            {
                throw pass.Fault;
            }

            NetworkState state = learner.Store(evaluator);
            if (testsAside && epoch + 1 < _options.Epochs && !isLast)
            {
                isAside = true;
                workers.Start(1, (_, _) => tested = Test(evaluator, state, pass, trained));
            }
            else if (Test(evaluator, state, pass, trained) is { } result)
            {
                isLast |= stopping?.IsOver(result.Metrics.ValidationError!.Value, result.State) ?? false;
                bool isFinished = isLast || epoch + 1 == _options.Epochs;
                if (isFinished && _options.Calibrate && !TryCalibrate(ref result, stopping, workers))
                {
                    yield break;
                }

                yield return Publish(result, stopping?.State, isFinished);
            }
            else
            {
                yield break;
            }
        }

        if (stopping?.State.Best is { } best)
        {
            _network.State = best with { History = _network.State.History, Runs = _runs };
        }

        EpochResult? FinishAside()
        {
            isAside = false;
            workers.Finish();
            return tested;
        }
    }

    /// <summary>
    /// Takes the next steps of an epoch: all that are left, unless the training is to end or what others do aside is done. A method of its own, since an
    /// iterator's cannot be compiled with optimisation from its first call on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Advance(Pass pass, Learner<T> learner, Workers? aside)
    {
        do
        {
            Report(pass.Epoch, pass.Totals);
            pass.Rate = LearningRate.At(
                _options.Schedule, _options.LearningRate, (long)pass.Epoch * _batchCount + pass.Next, (long)_options.Epochs * _batchCount);
            int first = pass.Next * _options.BatchSize;
            pass.Fault = learner.Step(
                _images, pass.Order, first, Math.Min(_options.BatchSize, _count - first), pass.Rate, pass.Totals, pass.Number);
            pass.Next++;
            pass.IsOutOfTime = _options.MaximumTime is TimeSpan limit && Elapsed > limit;
        }
        while (!pass.IsOver(_batchCount) && !_cancellation.IsCancellationRequested && aside is not { IsFinished: true });
    }

    /// <summary>Tests a network as it was at the end of an epoch, when the evaluator was given its parameters.</summary>
    /// <returns>The epoch's metrics, or null if the training is cancelled.</returns>
    private EpochResult? Test(Evaluator<T> evaluator, NetworkState state, Pass pass, TimeSpan trained)
    {
        state = state with { Values = evaluator.Store() };
        (double Error, double Accuracy)? validation = _validation is null ? null : evaluator.Measure(_validation, _cancellation);
        if (evaluator.Measure(_test, _cancellation) is not var (error, accuracy) || (_validation is not null && validation is null))
        {
            return null;
        }

        return new EpochResult(
            new EpochMetrics(
                pass.Number,
                pass.Totals.Error / pass.Totals.Images,
                pass.Totals.Accuracy,
                validation?.Error,
                validation?.Accuracy,
                error,
                accuracy,
                pass.Rate,
                Elapsed,
                pass.Totals.Images / trained.TotalSeconds),
            state);
    }

    /// <summary>Calibrates the network that the training leaves: the best one, or that of its last epoch.</summary>
    /// <returns>False if the training is cancelled.</returns>
    private bool TryCalibrate(ref EpochResult result, EarlyStopping? stopping, Workers workers)
    {
        // Of outputs that are no numbers nothing can be fitted; that they are none is told when it is published.
        if (!double.IsFinite(result.Metrics.ValidationError!.Value))
        {
            return true;
        }

        try
        {
            NetworkCalibration calibration = Calibrator.Fit(
                _network.Definition, stopping?.State.Best ?? result.State, _images, _options.ValidationCount, workers, _cancellation);
            stopping?.Take(calibration);
            result = stopping is null ? result with { State = result.State with { Calibration = calibration } } : result;
            return true;
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Lets the network be as it was at the end of an epoch.</summary>
    /// <exception cref="MnistException">It ended with a network that gives no numbers (<c>TrainingDiverged</c>).</exception>
    private EpochMetrics Publish(EpochResult result, EarlyStoppingState? watch = null, bool isFinished = false)
    {
        EpochMetrics metrics = result.Metrics;
        double error = metrics.ValidationError is { } validation && !double.IsFinite(validation) ? validation : metrics.TestError;
        if (!double.IsFinite(error))
        {
            throw Learner<T>.Diverged(_options, metrics.Epoch, "at its end", error, null);
        }

        NetworkState state = result.State with { History = _network.State.History.Add(metrics), Runs = _runs };
        _checkpoint?.Take(state, watch, isFinished);
        _network.State = state;
        return metrics;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Report(int epoch, EpochTotals totals)
    {
        // The coarse clock: to read the exact one takes a fiftieth of a step of the document's.
        long now = Environment.TickCount64;
        if (now >= _nextProgress)
        {
            _nextProgress = now + ProgressMilliseconds;
            _progress(new TrainingProgress(epoch, _options.Epochs, totals.Images, _count, totals.Accuracy, Elapsed, _options.MaximumTime));
        }
    }

    /// <summary>An epoch under way.</summary>
    /// <param name="epoch">Which it is of this training, from 0.</param>
    /// <param name="number">Which it is of all that the network was trained for.</param>
    /// <param name="order">The images' order, or null for their own.</param>
    private sealed class Pass(int epoch, int number, int[]? order)
    {
        public int Epoch { get; } = epoch;

        public int Number { get; } = number;

        public int[]? Order { get; } = order;

        public EpochTotals Totals { get; } = new();

        /// <summary>The next batch.</summary>
        public int Next { get; set; }

        /// <summary>The rate of the last step.</summary>
        public double Rate { get; set; }

        /// <summary>What was wrong with the last step, or null.</summary>
        public MnistException? Fault { get; set; }

        /// <summary>Whether the training's time is over.</summary>
        public bool IsOutOfTime { get; set; }

        /// <summary>Whether no batch of it is to come.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool IsOver(int batchCount) => Next == batchCount || IsOutOfTime || Fault is not null;
    }

    private sealed record EpochResult(EpochMetrics Metrics, NetworkState State);
}
