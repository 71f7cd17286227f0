using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on the units of another layer. Its weights lie transposed, a row for each unit, as the way back wants them; on the way
/// forward each of those rows meets the inputs of each image.
/// </summary>
internal sealed unsafe class Dense<T> : DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Signal<T> _input;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _stride;
    private readonly Buffer<int> _imageRows;
    private readonly Buffer<int> _unitRows;

    public Dense(Signal<T> input, int outputs, bool hasBias, int capacity)
        : base(outputs, capacity, input.HasGradients, CreateWeights(input.Shape.Channels, outputs), hasBias)
    {
        _input = input;
        _inputs = input.Shape.Channels;
        _outputs = outputs;
        _stride = Buffer<T>.Pad(_inputs);
        _imageRows = Offsets.Create(capacity, row => row * Output.ImageStride);
        _unitRows = Offsets.Create(outputs, row => row);
    }

    /// <inheritdoc/>
    public override Panels<T>? Inputs => new Panels<T>(_inputs);

    /// <inheritdoc/>
    public override long Work => (long)_inputs * _outputs;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
        => batch.Kernels.MultiplyTransposed(
            _input.Values(part.From), _input.ImageStride, part.To - part.From,
            Weights.Values + (nint)part.First * _stride, _stride, Math.Min(part.End, _outputs) - part.First, _inputs,
            Output.Values(part.From) + part.First, Output.ImageStride, BiasValues == null ? null : BiasValues + part.First);

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        int first = FirstUnit(Units, from, _outputs);
        int end = FirstUnit(Units, to, _outputs);
        int zero = 0;
        Operand<T> gradient = new()
        {
            Origin = Output.Gradients(0) + first,
            Rows = _unitRows.Pointer,
            Segments = &zero,
            SegmentCount = 1,
            SegmentLength = batch.Count,
            Step = Output.ImageStride,
        };
        nint start = (nint)first * _stride;
        batch.Kernels.Multiply(
            gradient, end - first, _input.Values(0), _input.ImageStride, _inputs,
            Weights.Target + start, _stride, Weights.Initial == null ? null : Weights.Initial + start, _stride);
    }

    /// <inheritdoc/>
    public override void PassGradient(Batch<T> batch, in Part part)
    {
        int zero = 0;
        Operand<T> gradient = new()
        {
            Origin = Output.Gradients(part.From), Rows = _imageRows.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = _outputs, Step = 1,
        };
        batch.Kernels.Multiply(
            gradient, part.To - part.From, Weights.Values + part.First, _stride, part.End - part.First,
            _input.Gradients(part.From) + part.First, _input.ImageStride, null, 0);
    }

    /// <summary>The unit with which a piece begins.</summary>
    private static int FirstUnit(Panels<T> units, int piece, int outputs)
    {
        (int panel, int part) = Math.DivRem(piece, Panels<T>.Pieces);
        return Math.Min(outputs, units.Start(panel) + (part == 0 ? 0 : units.Width(panel) * part / Panels<T>.Pieces));
    }

    private static Parameter<T> CreateWeights(int inputs, int outputs)
    {
        Panels<T> units = new(outputs);
        int stride = Buffer<T>.Pad(inputs);
        int[] offsets = new int[checked(inputs * outputs)];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = i % outputs * stride + i / outputs;
        }

        return new Parameter<T>(offsets, [.. Enumerable.Range(0, units.PieceCount + 1).Select(piece => FirstUnit(units, piece, outputs) * stride)]);
    }
}
