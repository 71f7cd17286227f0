using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Execution;
using MnistPS.Losses;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Optimizers;
using MnistPS.Tensors;

namespace MnistPS.Training;

/// <summary>A network in training: its model, loss and optimizer, and the step that combines them.</summary>
internal sealed unsafe class TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingOptions _options;
    private readonly NumPyGenerator _generator;
    private readonly Model<T> _model;
    private readonly Loss<T> _loss;
    private readonly Optimizer<T> _optimizer;
    private readonly Batch<T> _batch;
    private readonly ParallelismTuner _tuner;

    // The loss of each image of the batch, and whether its prediction is correct.
    private readonly double[] _errors;
    private readonly bool[] _isCorrect;
    private readonly Action<int, int> _measure;
    private T _factor;

    /// <summary>Continues from a network's state.</summary>
    public TrainingStep(
        NetworkDefinition definition,
        NetworkState state,
        TrainingOptions options,
        Workers workers,
        NumPyGenerator generator,
        CancellationToken cancellation)
    {
        _options = options;
        _generator = generator;
        bool isOnline = options is { BatchSize: 1, Augmentations.Count: 0 } && Optimizer<T>.MovesInPlace(options.Optimizer, options.WeightDecay);
        _measure = Measure;
        try
        {
            _model = new Model<T>(definition, options.BatchSize, isTraining: true, isOnline ? workers : null, cancellation);
            _model.Load(state.Values, cancellation);
            _tuner = new ParallelismTuner(isOnline ? 0 : _model.Work * options.BatchSize, workers);
            _loss = Loss<T>.Create(definition.Loss, definition.LabelSmoothing);
            _errors = new double[options.BatchSize];
            _isCorrect = new bool[options.BatchSize];
            _optimizer = Optimizer<T>.Create(options.Optimizer, _model.Parameters.Where(parameter => parameter.IsTrained), options.WeightDecay);
            _optimizer.TryLoad(state.Optimizer);
            Augmenter? augmenter = options.Augmentations.Count > 0 ? new Augmenter(options.Augmentations) : null;
            _batch = new Batch<T>(options.BatchSize, _tuner.Workers, augmenter)
            {
                IsTraining = true, Generator = generator, Cancellation = cancellation, Reserved = options.ValidationCount,
            };
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            string way = options.BatchSize > 1 ? $"with {options.BatchSize} images at once" : "image by image";
            string advice = options.BatchSize > 1 ? $"Give a smaller -BatchSize, such as {Math.Min(128, options.BatchSize / 2)}, or make" : "Make";
            throw new MnistException("BatchDoesNotFit", Fault.InvalidArgument,
                $"To train this network {way} takes more memory than there is. {advice} layers smaller.", options.BatchSize, e);
        }
    }

    /// <summary>Whether steps are large enough for all threads on any machine.</summary>
    public bool SharesWork => _tuner.IsCertain;

    /// <summary>Trains on a batch. Batches must come in the order of the epoch, since online training looks ahead.</summary>
    /// <param name="images">The training images.</param>
    /// <param name="order">Their order, or null for their own.</param>
    /// <param name="start">Where in the order the batch begins.</param>
    /// <param name="count">Images in the batch.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="totals">Counts the images.</param>
    /// <param name="epoch">The epoch, for a fault.</param>
    /// <returns>The fault if an image's loss is not finite; the step is then not taken. A cancelled step may be taken in part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MnistException? Step(ImageSet images, int[]? order, int start, int count, double learningRate, EpochTotals totals, int epoch)
    {
        if (!_tuner.IsOpen)
        {
            return Learn(images, order, start, count, learningRate, totals, epoch);
        }

        long begin = Stopwatch.GetTimestamp();
        MnistException? fault = Learn(images, order, start, count, learningRate, totals, epoch);
        _tuner.Took(Stopwatch.GetTimestamp() - begin, count);
        _batch.Workers = _tuner.Workers;
        return fault;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private MnistException? Learn(ImageSet images, int[]? order, int start, int count, double learningRate, EpochTotals totals, int epoch)
    {
        // 1. The input layer is the images.
        _batch.Take(images, order, start, count);

        // 2. to 6. Each hidden layer, its activation and dropout, and the output layer; each image's loss, and whether its prediction is correct; the
        // loss's gradient, as a mean over the batch.
        _factor = T.CreateTruncating(_optimizer.GradientFactor(learningRate) / count);
        _model.Forward(_batch, _measure);
        if (_batch.Cancellation.IsCancellationRequested)
        {
            return null;
        }

        for (int image = 0; image < count; image++)
        {
            if (!double.IsFinite(_errors[image]))
            {
                return Diverged(_options, epoch, $"at image {_batch.IndexOf(image)}", _errors[image], _batch.IndexOf(image));
            }

            totals.Add(_errors[image], _isCorrect[image]);
        }

        // The backward pass, and with each layer a step against its gradient.
        _optimizer.Begin(learningRate);
        _model.Backward(_batch);
        return null;
    }

    /// <summary>Copies the parameters to an evaluator, as they lie in memory, which is fast.</summary>
    /// <returns>The rest of the network's state, without its history.</returns>
    public NetworkState Store(Evaluator<T> evaluator)
    {
        _model.ApplyDelayedUpdates();
        evaluator.Load(_model);
        return new NetworkState([], _generator.Clone(), _optimizer.Store(), [], _options.Precision);
    }

    /// <summary>The fault of a training whose loss is not finite.</summary>
    public static MnistException Diverged(TrainingOptions options, int epoch, string place, double error, int? image)
    {
        string advice = FormattableString.Invariant($"Try a -LearningRate below {options.LearningRate}")
            + (options.WeightDecay > 0 ? FormattableString.Invariant($", or a -WeightDecay below {options.WeightDecay}") : "");
        return new MnistException("TrainingDiverged", Fault.InvalidResult, FormattableString.Invariant(
            $"Training diverged in epoch {epoch} {place}: the error is {error}. The network is as it was before that epoch. {advice}."), image);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int from, int to)
    {
        for (int image = from; image < to; image++)
        {
            T* outputs = _model.Outputs(image);
            int label = _batch.LabelOf(image);
            _errors[image] = _loss.Gradient(outputs, label, _factor, _model.OutputGradients(image));
            _isCorrect[image] = Loss<T>.ArgMax(outputs) == label;
        }
    }
}
