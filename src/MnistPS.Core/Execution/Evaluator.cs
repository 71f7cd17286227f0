using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Losses;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>Evaluates a network on images, without training it.</summary>
internal abstract class Evaluator
{
    /// <summary>Images evaluated at a time: enough for the kernels, and few enough for the caches.</summary>
    public const int BatchSize = 256;

    /// <summary>Creates an evaluator for a network, in the precision of its last training.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Evaluator Create(NetworkDefinition definition, NetworkState state, Workers workers, CancellationToken cancellation)
    {
        Evaluator evaluator = state.Precision == Precision.Single
            ? new Evaluator<float>(definition, workers, cancellation)
            : new Evaluator<double>(definition, workers, cancellation);
        evaluator.Load(state, cancellation);
        return evaluator;
    }

    /// <summary>The threads.</summary>
    public abstract Workers Workers { set; }

    /// <summary>Loads a network's parameters.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the evaluator is then invalid.</exception>
    public abstract void Load(NetworkState state, CancellationToken cancellation);

    /// <summary>The mean loss of some images and the accuracy, or null if cancelled.</summary>
    public abstract (double Error, double Accuracy)? Measure(ImageSet images, CancellationToken cancellation);

    /// <summary>Cancels the computation of outputs, which are then invalid.</summary>
    public abstract CancellationToken Cancellation { set; }

    /// <summary>Computes the outputs of images, 784 grey values each, at most <see cref="BatchSize"/> of them.</summary>
    public abstract void Forward(byte[] pixels, int count);

    /// <summary>Computes the outputs of images given as values from 0 to 1, 784 each.</summary>
    public abstract void Forward(double[] values, int count);

    /// <summary>The scores of an image of the last batch, (10), at a temperature, and the digit of the largest one.</summary>
    public abstract (int Label, double[] Scores) Read(int image, double temperature);

    /// <summary>The outputs of an image of the last batch, (10).</summary>
    public abstract double[] Outputs(int image);

    /// <summary>Copies an image of the last batch as values from 0 to 1, (784).</summary>
    public abstract void CopyNumbers(int image, Span<float> numbers);
}

/// <summary>Evaluates a network in one precision.</summary>
internal sealed class Evaluator<T> : Evaluator
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Model<T> _model;
    private readonly Loss<T> _loss;
    private readonly Batch<T> _batch;

    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    public Evaluator(NetworkDefinition definition, Workers workers, CancellationToken cancellation)
    {
        try
        {
            _model = new Model<T>(definition, BatchSize, isTraining: false, cancellation: cancellation);
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            throw new MnistException("NetworkTooLarge", Fault.InvalidArgument,
                $"What the layers give for {BatchSize} images, as many as are read at a time, does not fit into memory. Make layers smaller.", definition, e);
        }

        _loss = Loss<T>.Create(definition.Loss, definition.LabelSmoothing);
        _batch = new Batch<T>(BatchSize, workers);
    }

    /// <inheritdoc/>
    public override CancellationToken Cancellation
    {
        set => _batch.Cancellation = value;
    }

    /// <inheritdoc/>
    public override Workers Workers
    {
        set => _batch.Workers = value;
    }

    /// <inheritdoc/>
    public override void Load(NetworkState state, CancellationToken cancellation) => _model.Load(state.Values, cancellation);

    /// <summary>Copies the parameters of a model of the same network.</summary>
    public void Load(Model<T> source) => _model.Load(source);

    /// <summary>The parameters as a network stores them.</summary>
    public double[][] Store() => _model.Store();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe (double Error, double Accuracy)? Measure(ImageSet images, CancellationToken cancellation)
    {
        double error = 0;
        int correct = 0;
        _batch.Cancellation = cancellation;
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            _batch.Take(images, null, start, Math.Min(BatchSize, images.Count - start));
            _model.Forward(_batch);
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            for (int image = 0; image < _batch.Count; image++)
            {
                T* outputs = _model.Outputs(image);
                int label = _batch.LabelOf(image);
                error += _loss.Error(outputs, label);
                correct += Loss<T>.ArgMax(outputs) == label ? 1 : 0;
            }
        }

        return (error / images.Count, (double)correct / images.Count);
    }

    /// <inheritdoc/>
    public override void Forward(byte[] pixels, int count)
    {
        _batch.Take(pixels, count);
        _model.Forward(_batch);
    }

    /// <inheritdoc/>
    public override void Forward(double[] values, int count)
    {
        _batch.Take(values, count);
        _model.Forward(_batch);
    }

    /// <inheritdoc/>
    public override unsafe (int Label, double[] Scores) Read(int image, double temperature)
    {
        double[] scores = new double[Loss<T>.Classes];
        _loss.Scores(_model.Outputs(image), temperature, scores);
        return (Loss<T>.ArgMax(_model.Outputs(image)), scores);
    }

    /// <inheritdoc/>
    public override unsafe double[] Outputs(int image)
    {
        double[] outputs = new double[Loss<T>.Classes];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = double.CreateTruncating(_model.Outputs(image)[i]);
        }

        return outputs;
    }

    /// <inheritdoc/>
    public override void CopyNumbers(int image, Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _batch.HoldsValues ? (float)_batch.ValuesOf(image)[i] : _batch.PixelsOf(image)[i] / 255f;
        }
    }
}
