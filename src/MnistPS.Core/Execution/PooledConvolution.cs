using System.Numerics;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A convolution after other layers and before a max pool, whose output gradient is nonzero for one value of each window at most. Its backward pass skips
/// the others, three quarters or more.
/// </summary>
internal sealed unsafe class PooledConvolution<T> : ConvolutionLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SparseGradients<T>[] _slotGradients;

    // The gradient of the weights, of each slot and in total, in the layout of the filter weights.
    private readonly Buffer<T> _slotWeights;
    private readonly Buffer<T> _sums;

    public PooledConvolution(Activations<T> input, Activations<T> output)
        : base(input, output, passesGradient: true)
    {
        _slotGradients = [.. Enumerable.Range(0, Batch<T>.Slots).Select(_ => new SparseGradients<T>(Output, input.Shape.Columns))];
        _slotWeights = new Buffer<T>(checked(Batch<T>.Slots * Filters * FilterStride));
        _sums = new Buffer<T>(Filters * FilterStride);
    }

    /// <summary>The pixels of a patch.</summary>
    public override int GradientRows => Kernel * Kernel;

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        SparseGradients<T> gradients = _slotGradients[slot];
        for (int image = slice.From; image < slice.To; image++)
        {
            gradients.Take(image);
            PassGradient(batch, image, gradients.ByPixel);
            AddWeightsToSlot(batch, image, slot, gradients.ByChannel);
            AddBiasesToSlot(batch, image, slot);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        int count = (to - from) * Input.ChannelStride;
        for (int filter = 0; filter < Filters; filter++)
        {
            nint place = filter * FilterStride + from * Input.ChannelStride;
            new Span<T>(_sums.Pointer + place, count).Clear();
            AddSlots(batch, _slotWeights.Pointer + place, Filters * FilterStride, _sums.Pointer + place, count);
        }

        int channels = Input.Shape.Channels;
        int stride = Output.ChannelStride;
        int first = from * channels * stride;
        int length = (to - from) * channels * stride;
        Weights.ClearGradients(first, length);
        for (int i = from * channels; i < to * channels; i++)
        {
            T* source = _sums.Pointer + PlaceInFilter(i);
            T* target = Weights.Target + i * stride;
            for (int filter = 0; filter < Filters; filter++)
            {
                target[filter] += source[filter * FilterStride];
            }
        }

        Weights.Move(first, length);
        if (from == 0)
        {
            AccumulateBiases(batch);
        }
    }

    /// <summary>
    /// Computes the gradient of the input: that of each pixel times the filters is added to its patch, one row of the patches after another.
    /// </summary>
    private void PassGradient(Batch<T> batch, int image, CsrMatrix<T> gradients)
    {
        Shape output = Output.Shape;
        new Span<T>(Input.Gradients(image), Input.ImageStride).Clear();
        for (int i = 0; i < Kernel; i++)
        {
            for (int row = 0; row < output.Rows; row++)
            {
                int pixel = row * output.Columns;
                T* target = Input.Gradients(image) + PixelAt(row + i, 0);
                batch.Kernels.Multiply(
                    gradients, pixel, pixel + output.Columns, FilterWeights!.Pointer + i * RowStride, FilterStride, RowStride,
                    target, Input.ChannelStride, target, Input.ChannelStride);
            }
        }
    }

    /// <summary>Adds one image's gradient of the weights to its slot: that of each filter times the patches, one row of them after another.</summary>
    private void AddWeightsToSlot(Batch<T> batch, int image, int slot, CsrMatrix<T> gradients)
    {
        for (int i = 0; i < Kernel; i++)
        {
            T* weights = _slotWeights.Pointer + (nint)slot * Filters * FilterStride + i * RowStride;
            T* initial = image == batch.SlotStart(slot) ? null : weights;
            batch.Kernels.Multiply(
                gradients, 0, Filters, Input.Values(image) + PixelAt(i, 0), Input.ChannelStride, RowStride,
                weights, FilterStride, initial, FilterStride);
        }
    }
}
