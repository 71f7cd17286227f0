using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Execution;
using MnistPS.Networks;
using MnistPS.Numerics;

namespace MnistPS.Training;

/// <summary>Trains a network, epoch by epoch.</summary>
internal static class Trainer
{
    /// <summary>
    /// Trains a network. Each epoch's metrics are returned as soon as they are known, with the network in its state at that epoch's end; however the
    /// training ends, the network stays as of the last metrics.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The images to train on and to test with.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives the progress now and then, on the calling thread.</param>
    /// <param name="cancellation">Ends the training, even within a batch.</param>
    /// <param name="checkpoint">The checkpoint to resume from and to update at each epoch's end, or null.</param>
    /// <exception cref="MnistException">An option is out of range, or the training diverges (<c>TrainingDiverged</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled during preparation, before the first step.</exception>
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
    private readonly ImageSet? _test;
    private readonly ImageSet? _probe;
    private readonly int _count;
    private readonly int _batchCount;
    private readonly IReadOnlyList<string> _classNames;
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
        _test = dataset.Test.Count > 0 ? dataset.Test : null;
        _count = dataset.Training.Count - options.ValidationCount;
        _batchCount = (_count + options.BatchSize - 1) / options.BatchSize;
        _classNames = dataset.Training.ClassNames;
        _run = new TrainingRun(0, dataset.Name, dataset.Training.Count, dataset.Test.Count, options)
        {
            ValidationSetCount = dataset.Validation?.Count ?? 0,
        };
        _validation = dataset.Validation ?? (options.ValidationCount > 0 ? dataset.Training.Slice(_count, options.ValidationCount) : null);

        // Without test images, a batch of the training images shows whether the outputs are finite.
        _probe = _test is null && _validation is null ? _images.Slice(0, Math.Min(_count, Evaluator.BatchSize)) : null;
    }

    // Training time, including that before an interruption.
    private TimeSpan Elapsed => _before + _clock.Elapsed;

    /// <summary>The epochs, one after another.</summary>
    public IEnumerable<EpochMetrics> Train()
    {
        _network.BeginTraining();
        try
        {
            foreach (EpochMetrics metrics in TrainEpochs())
            {
                // The caller's work is not training time.
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
        TrainingStep<T> trainingStep = new(_network.Definition, start, _options, workers, generator, _cancellation);

        // Unless all threads do all steps, the others can test an epoch while the next one is trained.
        bool testsInBackground = _options.Threads > 1 && !trainingStep.SharesWork && _options.EarlyStoppingPatience is null;
        Evaluator<T> evaluator = null!;
        EpochResult? tested = null;
        bool isTesting = testsInBackground;
        if (testsInBackground)
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

                Advance(pass, trainingStep, isTesting ? workers : null);
                if (isTesting && workers.IsFinished && FinishTest() is { } early)
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
            if (isTesting && FinishTest() is { } previous)
            {
                yield return Publish(previous);
            }

            if (pass.Fault is not null)
            {
                throw pass.Fault;
            }

            NetworkState state = trainingStep.Store(evaluator);
            if (testsInBackground && epoch + 1 < _options.Epochs && !isLast)
            {
                isTesting = true;
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
            _network.State = best with { History = _network.State.History, Runs = _runs, ClassNames = _classNames };
        }

        EpochResult? FinishTest()
        {
            isTesting = false;
            workers.Finish();
            return tested;
        }
    }

    /// <summary>
    /// Runs the next steps of an epoch: all, unless the training ends or a test in the background is finished. A method of its own, since an iterator's
    /// cannot be compiled with optimisation from its first call on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Advance(Pass pass, TrainingStep<T> trainingStep, Workers? background)
    {
        do
        {
            Report(pass.Epoch, pass.Totals);
            pass.Rate = LearningRate.At(
                _options.Schedule, _options.LearningRate, (long)pass.Epoch * _batchCount + pass.Next, (long)_options.Epochs * _batchCount);
            int first = pass.Next * _options.BatchSize;
            pass.Fault = trainingStep.Step(
                _images, pass.Order, first, Math.Min(_options.BatchSize, _count - first), pass.Rate, pass.Totals, pass.Number);
            pass.Next++;
            pass.IsOutOfTime = _options.MaximumTime is TimeSpan limit && Elapsed > limit;
        }
        while (!pass.IsOver(_batchCount) && !_cancellation.IsCancellationRequested && background is not { IsFinished: true });
    }

    /// <summary>Tests a network in its state at the end of an epoch, whose parameters the evaluator has.</summary>
    /// <returns>The epoch's metrics, or null if the training is cancelled.</returns>
    private EpochResult? Test(Evaluator<T> evaluator, NetworkState state, Pass pass, TimeSpan trained)
    {
        state = state with { Values = evaluator.Store() };
        (double Error, double Accuracy)? validation = _validation is null ? null : evaluator.Measure(_validation, _cancellation);
        (double Error, double Accuracy)? test = _test is null ? null : evaluator.Measure(_test, _cancellation);
        double? probe = _probe is null ? null : evaluator.Measure(_probe, _cancellation)?.Error;
        if ((_validation is not null && validation is null) || (_test is not null && test is null) || (_probe is not null && probe is null))
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
                test?.Error,
                test?.Accuracy,
                pass.Rate,
                Elapsed,
                pass.Totals.Images / trained.TotalSeconds),
            state,
            validation is { } held && !double.IsFinite(held.Error) ? held.Error : test?.Error ?? probe ?? 0);
    }

    /// <summary>Calibrates the network of the training's result: the best one, or that of the last epoch.</summary>
    /// <returns>False if the training is cancelled.</returns>
    private bool TryCalibrate(ref EpochResult result, EarlyStopping? stopping, Workers workers)
    {
        // Outputs that are not finite cannot be fitted. Publishing the network reports them.
        if (!double.IsFinite(result.Metrics.ValidationError!.Value))
        {
            return true;
        }

        try
        {
            NetworkCalibration calibration = Calibrator.Fit(
                _network.Definition, stopping?.State.Best ?? result.State, _images, _count, _validation!, workers, _cancellation);
            stopping?.Take(calibration);
            result = stopping is null ? result with { State = result.State with { Calibration = calibration } } : result;
            return true;
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Publishes the network as of the end of an epoch.</summary>
    /// <exception cref="MnistException">The outputs of the network are not finite (<c>TrainingDiverged</c>).</exception>
    private EpochMetrics Publish(EpochResult result, EarlyStoppingState? watch = null, bool isFinished = false)
    {
        EpochMetrics metrics = result.Metrics;
        if (!double.IsFinite(result.EndError))
        {
            throw TrainingStep<T>.Diverged(_options, metrics.Epoch, "at its end", result.EndError, null);
        }

        NetworkState state = result.State with { History = _network.State.History.Add(metrics), Runs = _runs, ClassNames = _classNames };
        _checkpoint?.Take(state, watch, isFinished);
        _network.State = state;
        return metrics;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Report(int epoch, EpochTotals totals)
    {
        // The coarse clock: reading the exact one takes a fiftieth of a step of the tutorial's.
        long now = Environment.TickCount64;
        if (now >= _nextProgress)
        {
            _nextProgress = now + ProgressMilliseconds;
            _progress(new TrainingProgress(epoch, _options.Epochs, totals.Images, _count, totals.Accuracy, Elapsed, _options.MaximumTime));
        }
    }

    /// <summary>The current epoch.</summary>
    /// <param name="epoch">Its index in this training, from 0.</param>
    /// <param name="number">Its index in all trainings of the network.</param>
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

        /// <summary>The fault of the last step, or null.</summary>
        public MnistException? Fault { get; set; }

        /// <summary>Whether the training has exceeded its time.</summary>
        public bool IsOutOfTime { get; set; }

        /// <summary>Whether no batch remains.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool IsOver(int batchCount) => Next == batchCount || IsOutOfTime || Fault is not null;
    }

    /// <summary>The result of an epoch, and the error at its end, which is finite if the network's outputs are.</summary>
    private sealed record EpochResult(EpochMetrics Metrics, NetworkState State, double EndError);
}
