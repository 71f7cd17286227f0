using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// y = x · W + b for units that come from another layer. W is (inputs, outputs) as drawn and kept; here it lies transposed, by outputs,
/// which is how the way back and a single image want it; a batch on the way forward works with a copy made once a batch.
/// </summary>
internal sealed unsafe class Dense<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // What a row of the cache holds of the widest numbers; strides are multiples of it.
    private const int TransposeWidth = 8;

    private readonly Signal<T> _input;
    private readonly Parameter<T> _weights;
    private readonly Parameter<T>? _bias;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _stride;
    private readonly Buffer<T> _transposed;
    private readonly Buffer<int> _inputRows;
    private readonly Buffer<int> _outputRows;
    private readonly Buffer<int> _gradientRows;
    private readonly Action<int, int> _transpose;
    private int _transposedVersion = -1;

    public Dense(Signal<T> input, int outputs, bool hasBias, int capacity)
        : base(new Signal<T>(Shape.Units(outputs), capacity, input.HasGradients))
    {
        _input = input;
        _inputs = input.Shape.Channels;
        _outputs = outputs;
        _stride = Buffer<T>.Pad(_inputs);
        _weights = new Parameter<T>([_inputs, outputs], [1, _stride]);
        _bias = hasBias ? new Parameter<T>([outputs], [1]) : null;
        _transposed = new Buffer<T>(_inputs * Output.ChannelStride);
        _inputRows = Offsets.Create(capacity, row => row * input.ImageStride);
        _outputRows = Offsets.Create(capacity, row => row * Output.ImageStride);
        _gradientRows = Offsets.Create(outputs, row => row);
        _transpose = Transpose;
        Parameters = _bias is null ? [_weights] : [_weights, _bias];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override long Work => (long)_inputs * _outputs;

    /// <inheritdoc/>
    public override int GradientRows => _outputs;

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        if (batch.Count > 1 && _transposedVersion != _weights.Version)
        {
            _transposedVersion = _weights.Version;
            batch.Workers.For(_stride / TransposeWidth, 4L * _inputs * _outputs, _transpose);
        }
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, int from, int to)
    {
        T* bias = _bias is null ? null : _bias.Values;
        if (batch.Count == 1)
        {
            batch.Kernels.Dots(_input.Values(from), _weights.Values, _stride, _outputs, _inputs, Output.Values(from), bias);
            return;
        }

        int zero = 0;
        Operand<T> x = new()
        {
            Origin = _input.Values(from), Rows = _inputRows.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = _inputs, Step = 1,
        };
        batch.Kernels.Multiply(
            x, to - from, _transposed.Pointer, Output.ChannelStride, _outputs, Output.Values(from), Output.ImageStride, bias, 0);
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, int from, int to, int slot)
    {
        int zero = 0;
        Operand<T> gradient = new()
        {
            Origin = Output.Gradients(from), Rows = _outputRows.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = _outputs, Step = 1,
        };
        batch.Kernels.Multiply(
            gradient, to - from, _weights.Values, _stride, _inputs, _input.Gradients(from), _input.ImageStride, null, 0);
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        int zero = 0;
        Operand<T> gradient = new()
        {
            Origin = Output.Gradients(0) + from,
            Rows = _gradientRows.Pointer,
            Segments = &zero,
            SegmentCount = 1,
            SegmentLength = batch.Count,
            Step = Output.ImageStride,
        };
        T* initial = _weights.Initial == null ? null : _weights.Initial + from * _stride;
        batch.Kernels.Multiply(
            gradient, to - from, _input.Values(0), _input.ImageStride, _inputs, _weights.Target + from * _stride, _stride, initial, _stride);
        if (_bias is not null && from == 0)
        {
            _bias.ClearGradients();
            batch.Kernels.AddRows(Output.Gradients(0), Output.ImageStride, batch.Count, _outputs, _bias.Target);
        }
    }

    /// <summary>Transposes some of the blocks of inputs: of each output it takes the numbers that come from memory together.</summary>
    private void Transpose(int from, int to)
    {
        int outputs = Output.ChannelStride;
        for (int block = from; block < to; block++)
        {
            int first = block * TransposeWidth;
            int width = Math.Min(TransposeWidth, _inputs - first);
            T* target = _transposed.Pointer + (nint)first * outputs;
            for (int output = 0; output < _outputs; output++)
            {
                T* source = _weights.Values + (nint)output * _stride + first;
                for (int input = 0; input < width; input++)
                {
                    target[(nint)input * outputs + output] = source[input];
                }
            }
        }
    }
}
