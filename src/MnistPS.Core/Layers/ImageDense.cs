using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on the pixels of an image, x = grey / 255. Four fifths of them are zero, and a zero pixel adds nothing to the output
/// nor to the gradient, so only the others are visited. The weights lie panel after panel, each (784, units of the panel).
/// </summary>
internal abstract unsafe class ImageDense<T> : DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Listing an image's pixels costs about as much as so many multiplications.</summary>
    protected const long ListingWork = 1_000;

    /// <summary>Inputs.</summary>
    protected const int Pixels = MnistImage.PixelCount;

    private readonly Buffer<T> _greys = GreyScale<T>.Create();
    private readonly int _outputs;
    private readonly ByteColumns? _byPixel;

    /// <summary>A layer of some units.</summary>
    /// <param name="outputs">Units.</param>
    /// <param name="hasBias">Whether a number is added to each unit.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="listed">The most images that are listed together.</param>
    /// <param name="withGradients">Whether gradients will come back.</param>
    protected ImageDense(int outputs, bool hasBias, int capacity, int listed, bool withGradients)
        : base(outputs, PanelsOf(outputs), capacity, withGradients, CreateWeights(outputs), hasBias)
    {
        _outputs = outputs;
        Images = new SparseMatrix<T>(listed, Pixels);
        _byPixel = withGradients ? new ByteColumns(listed, Pixels) : null;
    }

    /// <inheritdoc/>
    public override long Work => (long)Pixels * _outputs / 5;

    /// <summary>The images, each with its pixels that are not zero.</summary>
    protected SparseMatrix<T> Images { get; }

    /// <summary>Groups of images that are listed together.</summary>
    protected static int GroupCount(int images) => (images + ByteColumns.RowGroup - 1) / ByteColumns.RowGroup;

    /// <summary>Lists the pixels of some groups of the first images of the batch, by image and, for the gradient, by pixel.</summary>
    protected void List(Batch<T> batch, int from, int to, int count)
    {
        int stride = _byPixel?.ColumnCount ?? 0;
        byte* rows = stackalloc byte[ByteColumns.RowGroup * stride];
        for (int group = from; group < to; group++)
        {
            int first = group * ByteColumns.RowGroup;
            int end = Math.Min(count, first + ByteColumns.RowGroup);
            for (int image = first; image < end; image++)
            {
                Images.Start(image);
                if (batch.HoldsNumbers)
                {
                    Images.Counts[image] = List(batch.NumbersOf(image), Images.Columns(image), Images.Values(image));
                    continue;
                }

                ReadOnlySpan<byte> pixels = batch.PixelsOf(image);
                Images.Counts[image] = List(pixels, Images.Columns(image), Images.Values(image));
                if (_byPixel is not null)
                {
                    pixels.CopyTo(new Span<byte>(rows + (image - first) * stride, stride));
                }
            }

            _byPixel?.SetRows(first, rows);
        }
    }

    /// <summary>Multiplies listed images by the weights of the units of a part.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="part">Which images, and which units of them.</param>
    /// <param name="target">Where the products of the first image go.</param>
    /// <param name="initial">A row that they are added to, or null for 0.</param>
    protected void Multiply(Kernels<T> kernels, in Part part, T* target, T* initial)
    {
        for (int panel = 0; panel < Units.Count; panel++)
        {
            int start = Units.Start(panel);
            if (start < part.First || start >= part.End)
            {
                continue;
            }

            int width = Units.Width(panel);
            kernels.Multiply(
                Images, part.From, part.To, Weights.Values + (nint)Pixels * start, width, width,
                target + part.Run(0) - part.First + start, part.ImageStride, initial == null ? null : initial + start, 0);
        }
    }

    /// <summary>Adds what listed images and their units' gradients give to some pieces of the weights' target.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="count">Images.</param>
    /// <param name="gradients">The gradients of the first image's units.</param>
    /// <param name="from">The first piece.</param>
    /// <param name="to">The piece after the last.</param>
    protected void Accumulate(Kernels<T> kernels, int count, T* gradients, int from, int to)
    {
        for (int piece = from; piece < to;)
        {
            (int panel, int first, int end) = Panels<T>.Next(ref piece, to);
            int start = Units.Start(panel);
            int width = Units.Width(panel);
            int place = Pixels * start + FirstPixel(first) * width;
            Weights.ClearGradients(place, (FirstPixel(end) - FirstPixel(first)) * width);
            kernels.AddTransposed(
                _byPixel!, _greys.Pointer, count, FirstPixel(first), FirstPixel(end),
                gradients + start, Output.ImageStride, width, Weights.Target + place, width);
        }
    }

    private static int FirstPixel(int piece) => Pixels * piece / Panels<T>.Pieces;

    private static Panels<T> PanelsOf(int outputs) => new(outputs, Kernels<T>.Best.WidestSparsePanel);

    private static Parameter<T> CreateWeights(int outputs)
    {
        Panels<T> units = PanelsOf(outputs);
        int[] offsets = new int[checked(Pixels * outputs)];
        List<int> cuts = [];
        for (int panel = 0; panel < units.Count; panel++)
        {
            int start = units.Start(panel);
            int width = units.Width(panel);
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                for (int unit = 0; unit < width && start + unit < outputs; unit++)
                {
                    offsets[pixel * outputs + start + unit] = Pixels * start + pixel * width + unit;
                }
            }

            for (int piece = 0; piece < Panels<T>.Pieces; piece++)
            {
                cuts.Add(Pixels * start + FirstPixel(piece) * width);
            }
        }

        cuts.Add(Pixels * units.Start(units.Count));
        return new Parameter<T>(offsets, cuts);
    }

    private int List(ReadOnlySpan<byte> image, ushort* pixels, T* values)
    {
        ref byte first = ref MemoryMarshal.GetReference(image);

        // Sixty-four pixels a word, since a loop over few bits ends with a wrong guess of the processor. 784 are 12 words and a quarter. All
        // words come first, so that no such guess holds up the way from memory of those behind it.
        const int Whole = Pixels / 64;
        ulong* words = stackalloc ulong[Whole + 1];
        for (int i = 0; i < Whole; i++)
        {
            words[i] = ~Vector512.Equals(Vector512.LoadUnsafe(ref first, 64 * (nuint)i), Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        words[Whole] = ~Vector128.Equals(Vector128.LoadUnsafe(ref first, 64 * Whole), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
        int count = 0;
        T* greys = _greys.Pointer;
        for (int i = 0; i <= Whole; i++)
        {
            for (ulong lit = words[i]; lit != 0; lit &= lit - 1)
            {
                int pixel = 64 * i + BitOperations.TrailingZeroCount(lit);
                pixels[count] = (ushort)pixel;
                values[count] = greys[Unsafe.Add(ref first, pixel)];
                count++;
            }
        }

        return count;
    }

    private static int List(ReadOnlySpan<double> image, ushort* pixels, T* values)
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
}
