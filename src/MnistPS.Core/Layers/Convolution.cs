using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>A convolution with a dense output gradient: its backward pass is two more matrix products.</summary>
internal sealed unsafe class Convolution<T> : ConvolutionLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Offset of each row of the input, and of each value of a patch within it.
    private readonly Buffer<int> _rows;
    private readonly Buffer<int> _places;

    // Offset of the gradient of each output pixel in its row.
    private readonly Buffer<int> _pixels;

    private readonly Buffer<T>? _slotWeights;
    private readonly Buffer<T>? _patchGradients;

    public Convolution(Activations<T> input, Activations<T> output, bool passesGradient)
        : base(input, output, passesGradient)
    {
        int channels = input.Shape.Channels;
        int columns = Output.Shape.Columns;
        _rows = Offsets.Create(input.Shape.Rows, row => PixelAt(row, 0));
        _places = Offsets.Create(Patch, i => PixelAt(i / channels / Kernel, i / channels % Kernel) + i % channels);
        _pixels = Offsets.Create(columns, i => i * Output.ChannelStride);
        _slotWeights = output.HasGradients ? new Buffer<T>(checked(Batch<T>.Slots * Patch * Output.ChannelStride)) : null;
        _patchGradients = passesGradient ? new Buffer<T>(checked(Batch<T>.Slots * columns * FilterStride)) : null;
    }

    /// <inheritdoc/>
    public override int GradientRows => Patch;

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            if (FilterWeights is not null)
            {
                PassGradient(batch, image, slot);
            }

            AddWeightsToSlot(batch, image, slot);
            AddBiasesToSlot(batch, image, slot);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        int stride = Output.ChannelStride;
        int start = from * stride;
        int count = (to - from) * stride;
        Weights.ClearGradients(start, count);
        AddSlots(batch, _slotWeights!.Pointer + start, (nint)Patch * stride, Weights.Target + start, count);
        Weights.Move(start, count);
        if (from == 0)
        {
            AccumulateBiases(batch);
        }
    }

    /// <summary>Computes the gradient of the patches, a row of them at a time, and adds it up where the patches overlap.</summary>
    private void PassGradient(Batch<T> batch, int image, int slot)
    {
        Shape output = Output.Shape;
        T* patchGradients = _patchGradients!.Pointer + (nint)slot * output.Columns * FilterStride;
        T* inputGradient = Input.Gradients(image);
        new Span<T>(inputGradient, Input.ImageStride).Clear();
        int zero = 0;
        Operand<T> gradient = new()
        {
            Rows = _pixels.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = Filters, Step = 1,
        };
        for (int row = 0; row < output.Rows; row++)
        {
            gradient.Origin = Output.Gradients(image) + (nint)row * output.Columns * Output.ChannelStride;
            batch.Kernels.Multiply(
                gradient, output.Columns, FilterWeights!.Pointer, FilterStride, FilterStride, patchGradients, FilterStride, null, 0);
            for (int column = 0; column < output.Columns; column++)
            {
                batch.Kernels.AddRuns(
                    inputGradient + PixelAt(row, column), _rows.Pointer, Kernel, patchGradients + (nint)column * FilterStride, RowStride);
            }
        }
    }

    /// <summary>Adds one image's gradient of the weights to the sums of its slot.</summary>
    private void AddWeightsToSlot(Batch<T> batch, int image, int slot)
    {
        int stride = Output.ChannelStride;
        T* weights = _slotWeights!.Pointer + (nint)slot * Patch * stride;
        T* initial = image == batch.SlotStart(slot) ? null : weights;
        Operand<T> patches = new()
        {
            Origin = Input.Values(image),
            Rows = _places.Pointer,
            Segments = _rows.Pointer,
            SegmentCount = Output.Shape.Rows,
            SegmentLength = Output.Shape.Columns,
            Step = Input.ChannelStride,
        };
        batch.Kernels.Multiply(patches, Patch, Output.Gradients(image), stride, Filters, weights, stride, initial, stride);
    }
}
