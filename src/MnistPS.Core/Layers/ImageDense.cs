using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// y = x · W + b for the pixels of an image, x = grey / 255. Four fifths of them are zero, and a zero pixel adds nothing to the output
/// nor to the gradient, so only the others are visited: on the way forward by image, on the way back by pixel.
/// </summary>
internal sealed unsafe class ImageDense<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Pixels = MnistImage.PixelCount;

    private readonly Parameter<T> _weights;
    private readonly Parameter<T>? _bias;
    private readonly int _capacity;
    private readonly int _outputs;
    private readonly int _stride;
    private readonly Buffer<T> _greys = GreyScale<T>.Create();

    // The pixels that are not zero, by image: how many, which, and their values.
    private readonly Buffer<int> _counts;
    private readonly Buffer<ushort> _pixels;
    private readonly Buffer<T> _values;

    // The same, by pixel, for the gradient of a batch.
    private readonly Buffer<int>? _imageCounts;
    private readonly Buffer<ushort>? _images;
    private readonly Buffer<T>? _imageValues;

    public ImageDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(new Signal<T>(Shape.Units(outputs), capacity, withGradients))
    {
        _capacity = capacity;
        _outputs = outputs;
        _stride = Output.ChannelStride;
        _weights = new Parameter<T>([Pixels, outputs], [_stride, 1]);
        _bias = hasBias ? new Parameter<T>([outputs], [1]) : null;
        Parameters = _bias is null ? [_weights] : [_weights, _bias];
        _counts = new Buffer<int>(capacity);
        _pixels = new Buffer<ushort>(checked(capacity * Pixels));
        _values = new Buffer<T>(capacity * Pixels);
        if (withGradients && capacity > 1)
        {
            _imageCounts = new Buffer<int>(Pixels);
            _images = new Buffer<ushort>(capacity * Pixels);
            _imageValues = new Buffer<T>(capacity * Pixels);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override long Work => (long)Pixels * _outputs / 5;

    /// <inheritdoc/>
    public override int GradientRows => Pixels;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, int from, int to)
    {
        T* bias = _bias is null ? null : _bias.Values;
        for (int image = from; image < to; image++)
        {
            ushort* pixels = _pixels.Pointer + (nint)image * Pixels;
            T* values = _values.Pointer + (nint)image * Pixels;
            int count = batch.HoldsNumbers
                ? Collect(batch.NumbersOf(image), pixels, values)
                : Collect(batch.PixelsOf(image), _greys.Pointer, pixels, values);
            _counts.Pointer[image] = count;
            batch.Kernels.Gather(pixels, values, count, _weights.Values, _stride, _outputs, Output.Values(image), bias);
        }
    }

    /// <summary>Nothing: the pixels do not learn.</summary>
    public override void Backward(Batch<T> batch, int from, int to, int slot)
    {
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        if (_bias is not null && from == 0)
        {
            _bias.ClearGradients();
            batch.Kernels.AddRows(Output.Gradients(0), Output.ImageStride, batch.Count, _outputs, _bias.Target);
        }

        if (batch.Count == 1)
        {
            _weights.ClearGradients(from * _stride, (to - from) * _stride);
            int first = FirstFrom(0, from);
            batch.Kernels.Scatter(
                _pixels.Pointer + first, _values.Pointer + first, FirstFrom(0, to) - first, Output.Gradients(0), _outputs, _weights.Target, _stride);
            return;
        }

        CollectByPixel(batch.Count, from, to);
        for (int pixel = from; pixel < to; pixel++)
        {
            int start = pixel * _capacity;
            nint row = (nint)pixel * _stride;
            batch.Kernels.Gather(
                _images!.Pointer + start,
                _imageValues!.Pointer + start,
                _imageCounts!.Pointer[pixel],
                Output.Gradients(0),
                Output.ImageStride,
                _outputs,
                _weights.Target + row,
                _weights.Initial == null ? null : _weights.Initial + row);
        }
    }

    /// <summary>Lists the pixels that are not zero, with their values.</summary>
    /// <returns>How many there are.</returns>
    private static int Collect(ReadOnlySpan<byte> image, T* greys, ushort* pixels, T* values)
    {
        int count = 0;
        ref byte first = ref MemoryMarshal.GetReference(image);

        // Sixty-four pixels a word, since a loop over few bits ends with a wrong guess of the processor. 784 are 12 words and a quarter.
        for (int start = 0; start < Pixels; start += 64)
        {
            ulong lit = start + 64 <= Pixels
                ? ~Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)start), Vector512<byte>.Zero).ExtractMostSignificantBits()
                : ~Vector128.Equals(Vector128.LoadUnsafe(ref first, (nuint)start), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            for (; lit != 0; lit &= lit - 1)
            {
                int pixel = start + BitOperations.TrailingZeroCount(lit);
                pixels[count] = (ushort)pixel;
                values[count] = greys[Unsafe.Add(ref first, pixel)];
                count++;
            }
        }

        return count;
    }

    private static int Collect(ReadOnlySpan<double> image, ushort* pixels, T* values)
    {
        int count = 0;
        for (int pixel = 0; pixel < image.Length; pixel++)
        {
            if (image[pixel] != 0)
            {
                pixels[count] = (ushort)pixel;
                values[count] = T.CreateTruncating(image[pixel]);
                count++;
            }
        }

        return count;
    }

    /// <summary>Lists the images in which each of some pixels is not zero.</summary>
    private void CollectByPixel(int count, int from, int to)
    {
        int* counts = _imageCounts!.Pointer;
        new Span<int>(counts + from, to - from).Clear();
        for (int image = 0; image < count; image++)
        {
            ushort* pixels = _pixels.Pointer + (nint)image * Pixels;
            T* values = _values.Pointer + (nint)image * Pixels;
            int last = _counts.Pointer[image];
            for (int k = FirstFrom(image, from); k < last; k++)
            {
                int pixel = pixels[k];
                if (pixel >= to)
                {
                    break;
                }

                int place = pixel * _capacity + counts[pixel]++;
                _images!.Pointer[place] = (ushort)image;
                _imageValues!.Pointer[place] = values[k];
            }
        }
    }

    /// <summary>Where in the list of an image's pixels those from <paramref name="pixel"/> on begin.</summary>
    private int FirstFrom(int image, int pixel)
    {
        int found = new ReadOnlySpan<ushort>(_pixels.Pointer + (nint)image * Pixels, _counts.Pointer[image]).BinarySearch((ushort)pixel);
        return found >= 0 ? found : ~found;
    }
}
