using System.Numerics;
using MnistPS.Execution;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// Batch normalisation: y = γ · (x − mean) / √(variance + ε) + β, per channel, with the batch's statistics in training and running ones otherwise. As in
/// PyTorch, ε is 1e-5, the momentum of the running statistics is 0.1, and the running variance is unbiased. It needs the whole batch, so it is a stage of
/// its own. Source: Ioffe and Szegedy, arXiv:1502.03167.
/// </summary>
internal sealed unsafe class BatchNormalization<T> : IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;

    private readonly Activations<T> _input;
    private readonly int _pixels;
    private readonly int _channels;
    private readonly Parameter<T> _scale;
    private readonly Parameter<T> _shift;
    private readonly Parameter<T> _runningMean;
    private readonly Parameter<T> _runningVariance;

    private readonly Buffer<T> _mean;
    private readonly Buffer<T> _factor;
    private readonly Buffer<T> _inverse;
    private readonly Buffer<T> _ofValue;
    private readonly Buffer<T> _constant;
    private readonly Buffer<T> _sums;
    private readonly Buffer<T> _products;
    private readonly Action<int, int> _sumSlots;
    private readonly Action<int, int> _squareSlots;
    private readonly Action<int, int> _normalize;
    private readonly Action<int, int> _multiplySlots;
    private readonly Action<int, int> _normalizeBackward;
    private Batch<T> _batch = null!;

    public BatchNormalization(Activations<T> input, int capacity)
    {
        _input = input;
        Output = new Activations<T>(input.Shape, capacity, input.HasGradients);
        _pixels = input.Shape.Rows * input.Shape.Columns;
        _channels = input.ChannelStride;
        int count = input.Shape.Channels;
        _scale = Parameter<T>.Create([count], [1]);
        _shift = Parameter<T>.Create([count], [1]);
        _runningMean = Parameter<T>.Create([count], [1], isTrained: false);
        _runningVariance = Parameter<T>.Create([count], [1], isTrained: false);
        Parameters = [_scale, _shift, _runningMean, _runningVariance];

        _mean = new Buffer<T>(_channels);
        _factor = new Buffer<T>(_channels);
        _inverse = new Buffer<T>(_channels);
        _ofValue = new Buffer<T>(_channels);
        _constant = new Buffer<T>(_channels);
        _sums = new Buffer<T>(Batch<T>.Slots * _channels);
        _products = new Buffer<T>(Batch<T>.Slots * _channels);
        _sumSlots = SumSlots;
        _squareSlots = SquareSlots;
        _normalize = Normalize;
        _multiplySlots = MultiplySlots;
        _normalizeBackward = NormalizeBackward;
    }

    /// <inheritdoc/>
    public Activations<T> Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public long Work => Output.Shape.Size;

    /// <inheritdoc/>
    public void Forward(Batch<T> batch)
    {
        _batch = batch;
        long work = (long)batch.Count * _pixels * _channels;
        if (batch.IsTraining)
        {
            T n = T.CreateTruncating((long)batch.Count * _pixels);
            _sums.Span.Clear();
            batch.Workers.For(Batch<T>.Slots, work, _sumSlots);
            AddSlots(_sums, _mean);
            Divide(_mean, n);

            _sums.Span.Clear();
            batch.Workers.For(Batch<T>.Slots, work, _squareSlots);
            AddSlots(_sums, _factor);
            UpdateRunningStatistics(n);
            Divide(_factor, n);
        }
        else
        {
            Copy(_runningMean, _mean);
            Copy(_runningVariance, _factor);
        }

        for (int i = 0; i < _input.Shape.Channels; i++)
        {
            _inverse.Pointer[i] = T.One / T.Sqrt(_factor.Pointer[i] + T.CreateTruncating(Epsilon));
            _factor.Pointer[i] = _inverse.Pointer[i] * _scale.Values[i];
        }

        batch.Workers.For(batch.Count, work, _normalize);
    }

    /// <inheritdoc/>
    public void Backward(Batch<T> batch)
    {
        // The three terms are those of section 3 of the paper, grouped by gradient, value and constant.
        long work = (long)batch.Count * _pixels * _channels;
        _sums.Span.Clear();
        _products.Span.Clear();
        batch.Workers.For(Batch<T>.Slots, work, _multiplySlots);
        AddSlots(_sums, _constant);
        AddSlots(_products, _ofValue);

        T n = T.CreateTruncating((long)batch.Count * _pixels);
        _scale.ClearGradients();
        _shift.ClearGradients();
        for (int i = 0; i < _input.Shape.Channels; i++)
        {
            T inverse = _inverse.Pointer[i];
            T ofScale = _ofValue.Pointer[i] * inverse;
            T ofShift = _constant.Pointer[i];
            _scale.Target[i] += ofScale;
            _shift.Target[i] += ofShift;
            _ofValue.Pointer[i] = -_factor.Pointer[i] * inverse * ofScale / n;
            _constant.Pointer[i] = -_factor.Pointer[i] * ofShift / n;
        }

        _scale.Move(0, _scale.Length);
        _shift.Move(0, _shift.Length);

        batch.Workers.For(batch.Count, work, _normalizeBackward);
    }

    private void SumSlots(int from, int to)
    {
        for (int slot = from; slot < to; slot++)
        {
            (int first, int rows) = Rows(slot);
            _batch.Kernels.AddRows(_input.Values(first), _channels, rows, _channels, _sums.Pointer + slot * _channels);
        }
    }

    private void SquareSlots(int from, int to)
    {
        for (int slot = from; slot < to; slot++)
        {
            (int first, int rows) = Rows(slot);
            _batch.Kernels.AddSquares(_input.Values(first), rows, _channels, _mean.Pointer, _sums.Pointer + slot * _channels);
        }
    }

    private void Normalize(int from, int to)
        => _batch.Kernels.Normalize(
            _input.Values(from), Output.Values(from), (to - from) * _pixels, _channels, _mean.Pointer, _factor.Pointer, _shift.Values);

    private void MultiplySlots(int from, int to)
    {
        for (int slot = from; slot < to; slot++)
        {
            (int first, int rows) = Rows(slot);
            int start = slot * _channels;
            _batch.Kernels.AddProducts(
                Output.Gradients(first), _input.Values(first), rows, _channels, _mean.Pointer, _sums.Pointer + start, _products.Pointer + start);
        }
    }

    private void NormalizeBackward(int from, int to)
        => _batch.Kernels.NormalizeBackward(
            Output.Gradients(from), _input.Values(from), _input.Gradients(from), (to - from) * _pixels, _channels,
            _mean.Pointer, _factor.Pointer, _ofValue.Pointer, _constant.Pointer);

    private (int First, int Rows) Rows(int slot)
    {
        int first = _batch.SlotStart(slot);
        return (first, (_batch.SlotStart(slot + 1) - first) * _pixels);
    }

    private void AddSlots(Buffer<T> slots, Buffer<T> total)
    {
        total.Span.Clear();
        _batch.Kernels.AddRows(slots.Pointer, _channels, Batch<T>.Slots, _channels, total.Pointer);
    }

    private static void Copy(Parameter<T> statistic, Buffer<T> target)
        => new ReadOnlySpan<T>(statistic.Values, target.Length).CopyTo(target.Span);

    private static void Divide(Buffer<T> sums, T n)
    {
        foreach (ref T sum in sums.Span)
        {
            sum /= n;
        }
    }

    /// <summary>Updates the running statistics, while <see cref="_factor"/> still holds the sums of squares.</summary>
    private void UpdateRunningStatistics(T n)
    {
        T momentum = T.CreateTruncating(Momentum);
        for (int i = 0; i < _input.Shape.Channels; i++)
        {
            _runningMean.Values[i] += momentum * (_mean.Pointer[i] - _runningMean.Values[i]);
            if (n > T.One)
            {
                // A single value has no unbiased variance.
                _runningVariance.Values[i] += momentum * (_factor.Pointer[i] / (n - T.One) - _runningVariance.Values[i]);
            }
        }
    }
}
