using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on the units of another layer. Its weights are stored transposed, a row for each unit, as the backward pass and a single image read
/// them; the forward pass of a batch reads a copy by inputs, panel after panel, made once a batch.
/// </summary>
internal unsafe class Dense<T> : DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _inputs;
    private readonly Buffer<T> _byInput;
    private readonly Buffer<int> _inputRows;
    private readonly Buffer<int> _imageRows;
    private readonly Buffer<int> _unitRows;
    private readonly Action<int, int> _transpose;
    private int _transposedVersion = -1;

    public Dense(Activations<T> input, int outputs, bool hasBias, int capacity)
        : base(outputs, PanelsOf(outputs), capacity, input.HasGradients, CreateWeights(input.Shape.Channels, outputs), hasBias)
    {
        Input = input;
        _inputs = input.Shape.Channels;
        Outputs = outputs;
        Stride = Buffer<T>.Pad(_inputs);
        _byInput = new Buffer<T>(capacity > 1 ? _inputs * Output.ImageStride : 0);
        _inputRows = Offsets.Create(capacity, row => row * input.ImageStride);
        _imageRows = Offsets.Create(capacity, row => row * Output.ImageStride);
        _unitRows = Offsets.Create(outputs, row => row);
        _transpose = Transpose;
    }

    /// <summary>The input.</summary>
    protected Activations<T> Input { get; }

    /// <summary>Number of units.</summary>
    protected int Outputs { get; }

    /// <summary>Distance of two units' weights.</summary>
    protected int Stride { get; }

    /// <inheritdoc/>
    public override Panels<T>? Inputs => PanelsOf(_inputs);

    /// <inheritdoc/>
    public override long Work => (long)_inputs * Outputs;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Begin(Batch<T> batch)
    {
        if (batch.Count > 1 && _transposedVersion != Weights.Version)
        {
            _transposedVersion = Weights.Version;
            batch.Workers.For(Units.PieceCount, 4L * _inputs * Outputs, _transpose);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward(Batch<T> batch, int from, int to, int panel)
    {
        int start = Units.Start(panel);
        T* output = Output.Values(from) + start;
        if (batch.Count == 1)
        {
            T* rows = Weights.Values + (nint)start * Stride;
            batch.Kernels.Dots(Input.Values(0), rows, Stride, Units.UnitCount(panel), _inputs, output, BiasValues(start));
            return;
        }

        int zero = 0;
        Operand<T> x = new()
        {
            Origin = Input.Values(from), Rows = _inputRows.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = _inputs, Step = 1,
        };
        T* weights = _byInput.Pointer + (nint)_inputs * start;
        batch.Kernels.Multiply(x, to - from, weights, Units.Width(panel), Units.UnitCount(panel), output, Output.ImageStride, BiasValues(start), 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        int first = FirstUnit(from);
        int end = FirstUnit(to);
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
        int start = first * Stride;
        batch.Kernels.Multiply(
            gradient, end - first, Input.Values(0), Input.ImageStride, _inputs,
            Weights.Target + start, Stride, Weights.Initial == null ? null : Weights.Initial + start, Stride);
        Weights.Move(start, (end - first) * Stride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void PassGradient(Batch<T> batch, in BatchSlice slice)
    {
        int zero = 0;
        Operand<T> gradient = new()
        {
            Origin = Output.Gradients(slice.From), Rows = _imageRows.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = Outputs, Step = 1,
        };
        batch.Kernels.Multiply(
            gradient, slice.To - slice.From, Weights.Values + slice.First, Stride, slice.End - slice.First,
            Input.Gradients(slice.From) + slice.First, Input.ImageStride, null, 0);
    }

    /// <summary>Copies a cache line of each unit's weights at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(int from, int to)
    {
        int line = Buffer<T>.Pad(1);
        for (int piece = from; piece < to;)
        {
            (int panel, int first, int end) = Panels<T>.Next(ref piece, to);
            int start = Units.Start(panel);
            int width = Units.Width(panel);
            int count = Units.UnitCount(panel);
            T* target = _byInput.Pointer + (nint)_inputs * start;
            int last = _inputs * end / Panels<T>.Pieces;
            for (int block = _inputs * first / Panels<T>.Pieces; block < last; block += line)
            {
                int blockEnd = Math.Min(last, block + line);
                for (int unit = 0; unit < count; unit++)
                {
                    T* row = Weights.Values + (nint)(start + unit) * Stride;
                    T* place = target + (nint)block * width + unit;
                    for (T* source = row + block; source < row + blockEnd; source++)
                    {
                        *place = *source;
                        place += width;
                    }
                }
            }
        }
    }

    /// <summary>The first unit of a piece.</summary>
    private int FirstUnit(int piece)
    {
        (int panel, int slice) = Math.DivRem(piece, Panels<T>.Pieces);
        return Math.Min(Outputs, Units.Start(panel) + (slice == 0 ? 0 : Units.Width(panel) * slice / Panels<T>.Pieces));
    }

    private static Panels<T> PanelsOf(int units) => new(units, Kernels<T>.WidestTile);

    private static Parameter<T> CreateWeights(int inputs, int outputs)
    {
        int stride = Buffer<T>.Pad(inputs);
        int[] offsets = new int[checked(inputs * outputs)];
        Offsets.Place(offsets, inputs, outputs, outputs, 0, 1, stride);

        return new Parameter<T>(offsets);
    }
}
