using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A valid convolution of stride 1: y[r, c, f] = b[f] + Σ x[r + i, c + j, k] · W[f, k, i, j]. W is (filters, channels, rows, columns) as drawn
/// and kept; here it lies as (rows, columns, channels, filters), so that a patch of the image times W is a matrix product whose left side is
/// read where the image is.
/// </summary>
internal sealed unsafe class Convolution<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Signal<T> _input;
    private readonly int _filters;
    private readonly int _patch;
    private readonly Parameter<T> _weights;
    private readonly Parameter<T>? _bias;
    private readonly bool _passesGradient;

    // Where the patch of each output pixel starts, and where its runs of side-by-side numbers start within it.
    private readonly Buffer<int> _patches;
    private readonly Buffer<int> _runs;
    private readonly int _runCount;
    private readonly int _runLength;

    // Where each number of a patch lies within it, and where each row of patches starts.
    private readonly Buffer<int> _places;
    private readonly Buffer<int> _patchRows;

    // Where the gradient of each output pixel lies.
    private readonly Buffer<int> _pixels;

    private readonly Buffer<T>? _transposed;
    private readonly Buffer<T>? _patchGradients;
    private readonly Buffer<T>? _slotWeights;
    private readonly Buffer<T>? _slotBiases;

    public Convolution(Signal<T> input, int filters, int kernel, bool hasBias, int capacity, bool withGradients, bool passesGradient)
        : base(new Signal<T>(
            new Shape(input.Shape.Rows - kernel + 1, input.Shape.Columns - kernel + 1, filters), capacity, withGradients))
    {
        int columns = input.Shape.Columns;
        int channels = input.Shape.Channels;
        _input = input;
        _filters = filters;
        _patch = kernel * kernel * channels;
        _passesGradient = passesGradient;

        int stride = Output.ChannelStride;
        _weights = Parameter<T>.Create([filters, channels, kernel, kernel], [1, stride, kernel * channels * stride, channels * stride]);
        _bias = hasBias ? Parameter<T>.Create([filters], [1]) : null;
        Parameters = _bias is null ? [_weights] : [_weights, _bias];

        Shape output = Output.Shape;
        _patches = Offsets.Create(output.Rows * output.Columns, i => (i / output.Columns * columns + i % output.Columns) * input.ChannelStride);
        _patchRows = Offsets.Create(output.Rows, row => row * columns * input.ChannelStride);
        _places = Offsets.Create(_patch, i => Place(i / channels) + i % channels);

        // A whole row of a patch lies side by side if no padding parts its pixels.
        bool isCompact = input.ChannelStride == channels;
        _runCount = isCompact ? kernel : kernel * kernel;
        _runLength = _patch / _runCount;
        _runs = Offsets.Create(_runCount, run => isCompact ? run * columns * input.ChannelStride : Place(run));
        _pixels = Offsets.Create(output.Columns, i => i * stride);

        if (withGradients)
        {
            _slotWeights = new Buffer<T>(Batch<T>.Slots * _patch * stride);
            _slotBiases = new Buffer<T>(Batch<T>.Slots * stride);
        }

        if (passesGradient)
        {
            _transposed = new Buffer<T>(filters * PatchStride);
            _patchGradients = new Buffer<T>(Batch<T>.Slots * output.Columns * PatchStride);
        }

        int Place(int pixel) => (pixel / kernel * columns + pixel % kernel) * input.ChannelStride;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override long Work => (long)_patch * Output.Shape.Size;

    /// <inheritdoc/>
    public override int GradientRows => _patch;

    /// <summary>Distance of two runs of a patch's gradient, whole registers apart so that they can be added as such.</summary>
    private int RunStride => Buffer<T>.Pad(_runLength);

    private int PatchStride => _runCount * RunStride;

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        if (_transposed is null || !batch.IsTraining)
        {
            return;
        }

        for (int i = 0; i < _patch; i++)
        {
            for (int filter = 0; filter < _filters; filter++)
            {
                _transposed.Pointer[filter * PatchStride + i / _runLength * RunStride + i % _runLength] = _weights.Values[i * Output.ChannelStride + filter];
            }
        }
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
    {
        Operand<T> patches = new()
        {
            Rows = _patches.Pointer, Segments = _runs.Pointer, SegmentCount = _runCount, SegmentLength = _runLength, Step = 1,
        };
        for (int image = part.From; image < part.To; image++)
        {
            patches.Origin = _input.Values(image);
            batch.Kernels.Multiply(
                patches, Output.Shape.Rows * Output.Shape.Columns, _weights.Values, Output.ChannelStride, _filters,
                Output.Values(image), Output.ChannelStride, _bias is null ? null : _bias.Values, 0);
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in Part part, int slot)
    {
        for (int image = part.From; image < part.To; image++)
        {
            if (_passesGradient)
            {
                PassGradient(batch, image, slot);
            }

            AddToSlot(batch, image, slot);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        int stride = Output.ChannelStride;
        AddSlots(batch, _slotWeights!, _patch * stride, _weights, from * stride, (to - from) * stride);
        if (_bias is not null && from == 0)
        {
            AddSlots(batch, _slotBiases!, stride, _bias, 0, stride);
        }
    }

    /// <summary>Adds what all slots have of some of a parameter's gradients.</summary>
    private static void AddSlots(Batch<T> batch, Buffer<T> slots, nint slotSize, Parameter<T> parameter, int start, int count)
    {
        parameter.ClearGradients(start, count);
        for (int slot = 0; slot < Batch<T>.Slots; slot++)
        {
            if (batch.SlotStart(slot) < batch.SlotStart(slot + 1))
            {
                batch.Kernels.Add(parameter.Target + start, slots.Pointer + slot * slotSize + start, count);
            }
        }

        parameter.Move(start, count);
    }

    /// <summary>The gradient of the patches, a row of them at a time, added up where the patches overlap.</summary>
    private void PassGradient(Batch<T> batch, int image, int slot)
    {
        Shape output = Output.Shape;
        T* patchGradients = _patchGradients!.Pointer + (nint)slot * output.Columns * PatchStride;
        T* inputGradient = _input.Gradients(image);
        new Span<T>(inputGradient, _input.ImageStride).Clear();
        int zero = 0;
        Operand<T> gradient = new()
        {
            Rows = _pixels.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = _filters, Step = 1,
        };
        for (int row = 0; row < output.Rows; row++)
        {
            gradient.Origin = Output.Gradients(image) + (nint)row * output.Columns * Output.ChannelStride;
            batch.Kernels.Multiply(
                gradient, output.Columns, _transposed!.Pointer, PatchStride, PatchStride, patchGradients, PatchStride, null, 0);
            for (int column = 0; column < output.Columns; column++)
            {
                T* patch = inputGradient + _patchRows.Pointer[row] + column * _input.ChannelStride;
                T* source = patchGradients + (nint)column * PatchStride;
                batch.Kernels.AddRuns(patch, _runs.Pointer, _runCount, source, RunStride);
            }
        }
    }

    /// <summary>Adds one image's gradient of the weights and biases to the sums of its slot.</summary>
    private void AddToSlot(Batch<T> batch, int image, int slot)
    {
        Shape output = Output.Shape;
        int stride = Output.ChannelStride;
        T* weights = _slotWeights!.Pointer + (nint)slot * _patch * stride;
        T* gradients = Output.Gradients(image);
        bool isFirst = image == batch.SlotStart(slot);
        Operand<T> patches = new()
        {
            Origin = _input.Values(image),
            Rows = _places.Pointer,
            Segments = _patchRows.Pointer,
            SegmentCount = output.Rows,
            SegmentLength = output.Columns,
            Step = _input.ChannelStride,
        };
        batch.Kernels.Multiply(patches, _patch, gradients, stride, _filters, weights, stride, isFirst ? null : weights, stride);

        T* biases = _slotBiases!.Pointer + slot * stride;
        if (isFirst)
        {
            new Span<T>(biases, stride).Clear();
        }

        batch.Kernels.AddRows(gradients, stride, output.Rows * output.Columns, _filters, biases);
    }
}
