using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// A valid convolution of stride 1: y[r, c, f] = b[f] + Σ x[r + i, c + j, k] · W[f, k, i, j]. W is drawn and stored as (filters, channels, rows,
/// columns); in memory it is (rows, columns, channels, filters), so that a patch times W is a matrix product whose left side is read from the image.
/// </summary>
internal abstract unsafe class ConvolutionLayer<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Offset of each output pixel's patch, and of the contiguous segments within it.
    private readonly Buffer<int> _patches;
    private readonly Buffer<int> _segments;
    private readonly int _segmentCount;

    private readonly Parameter<T> _bias;
    private readonly Buffer<T>? _slotBiases;

    /// <summary>A convolution.</summary>
    /// <param name="input">The input.</param>
    /// <param name="output">The output: a channel for each filter, with rows and columns reduced by the kernel size less one.</param>
    /// <param name="passesGradient">Whether a gradient is passed to the input.</param>
    protected ConvolutionLayer(Activations<T> input, Activations<T> output, bool passesGradient)
        : base(output)
    {
        int channels = input.Shape.Channels;
        int filters = output.Shape.Channels;
        int kernel = input.Shape.Rows - output.Shape.Rows + 1;
        Input = input;
        Filters = filters;
        Kernel = kernel;

        int stride = Output.ChannelStride;
        Weights = Parameter<T>.Create([filters, channels, kernel, kernel], [1, stride, kernel * channels * stride, channels * stride]);
        _bias = Parameter<T>.Create([filters], [1]);
        _slotBiases = output.HasGradients ? new Buffer<T>(Batch<T>.Slots * stride) : null;
        Parameters = [Weights, _bias];
        FilterWeights = passesGradient ? new Buffer<T>(checked(filters * FilterStride)) : null;

        // A row of a patch is contiguous if its pixels have no padding.
        bool isCompact = input.ChannelStride == channels;
        Shape shape = output.Shape;
        _patches = Offsets.Create(shape.Rows * shape.Columns, i => PixelAt(i / shape.Columns, i % shape.Columns));
        _segmentCount = isCompact ? kernel : kernel * kernel;
        _segments = Offsets.Create(_segmentCount, segment => isCompact ? PixelAt(segment, 0) : PixelAt(segment / kernel, segment % kernel));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override long Work => (long)Patch * Output.Shape.Size;

    /// <summary>The input.</summary>
    protected Activations<T> Input { get; }

    /// <summary>Channels of the output.</summary>
    protected int Filters { get; }

    /// <summary>Rows, and columns, of a patch.</summary>
    protected int Kernel { get; }

    /// <summary>Values in a patch.</summary>
    protected int Patch => Kernel * Kernel * Input.Shape.Channels;

    /// <summary>The weights.</summary>
    protected Parameter<T> Weights { get; }

    /// <summary>
    /// The weights of this batch by filter, with pixels as far apart as the input's: (filters, rows, columns, padded channels). Null if no gradient is
    /// passed to the input.
    /// </summary>
    protected Buffer<T>? FilterWeights { get; }

    /// <summary>Distance of two filters in <see cref="FilterWeights"/>.</summary>
    protected int FilterStride => Kernel * RowStride;

    /// <summary>
    /// Distance of two rows of a filter in <see cref="FilterWeights"/>: the values in a row of a patch, padding included. They fill whole registers,
    /// since only the network's input has no padding, and no gradient is passed to that.
    /// </summary>
    protected int RowStride => Kernel * Input.ChannelStride;

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        if (FilterWeights is null)
        {
            return;
        }

        for (int i = 0; i < Patch; i++)
        {
            T* weights = Weights.Values + i * Output.ChannelStride;
            T* target = FilterWeights.Pointer + PlaceInFilter(i);
            for (int filter = 0; filter < Filters; filter++)
            {
                target[filter * FilterStride] = weights[filter];
            }
        }
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        Operand<T> patches = new()
        {
            Rows = _patches.Pointer, Segments = _segments.Pointer, SegmentCount = _segmentCount, SegmentLength = Patch / _segmentCount, Step = 1,
        };
        for (int image = slice.From; image < slice.To; image++)
        {
            patches.Origin = Input.Values(image);
            batch.Kernels.Multiply(
                patches, Output.Shape.Rows * Output.Shape.Columns, Weights.Values, Output.ChannelStride, Filters,
                Output.Values(image), Output.ChannelStride, _bias.Values, 0);
        }
    }

    /// <summary>Offset of a weight within its filter in <see cref="FilterWeights"/>.</summary>
    protected int PlaceInFilter(int weight) => weight / Input.Shape.Channels * Input.ChannelStride + weight % Input.Shape.Channels;

    /// <summary>Offset of an input pixel within its image.</summary>
    protected int PixelAt(int row, int column) => (row * Input.Shape.Columns + column) * Input.ChannelStride;

    /// <summary>Adds one image's gradient of the biases to the sums of its slot.</summary>
    protected void AddBiasesToSlot(Batch<T> batch, int image, int slot)
    {
        if (!_bias.IsTrained)
        {
            return;
        }

        int stride = Output.ChannelStride;
        T* biases = _slotBiases!.Pointer + slot * stride;
        if (image == batch.SlotStart(slot))
        {
            new Span<T>(biases, stride).Clear();
        }

        batch.Kernels.AddRows(Output.Gradients(image), stride, Output.Shape.Rows * Output.Shape.Columns, Filters, biases);
    }

    /// <summary>Adds the batch's gradient to the biases, and reports it complete.</summary>
    protected void AccumulateBiases(Batch<T> batch)
    {
        if (!_bias.IsTrained)
        {
            return;
        }

        int stride = Output.ChannelStride;
        _bias.ClearGradients();
        AddSlots(batch, _slotBiases!.Pointer, stride, _bias.Target, stride);
        _bias.Move(0, stride);
    }

    /// <summary>Adds the values of all slots to a sum.</summary>
    /// <param name="batch">The batch; slots without an image are skipped.</param>
    /// <param name="slots">The first slot's values.</param>
    /// <param name="slotStride">Distance of two slots.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="count">Number of values.</param>
    protected static void AddSlots(Batch<T> batch, T* slots, nint slotStride, T* sum, int count)
    {
        for (int slot = 0; slot < Batch<T>.Slots; slot++)
        {
            if (batch.SlotStart(slot) < batch.SlotStart(slot + 1))
            {
                batch.Kernels.Add(sum, slots + slot * slotStride, count, sum);
            }
        }
    }
}
