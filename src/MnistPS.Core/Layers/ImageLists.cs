using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>The pixels of images that are not zero, x = grey / 255, by image and, for gradients, by pixel. Images are listed eight at a time.</summary>
internal sealed unsafe class ImageLists<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Pixels = MnistImage.PixelCount;
    private const int Group = ByteColumns.RowGroup;

    private readonly bool[] _isListed;

    /// <summary>Room for the images of a batch.</summary>
    /// <param name="capacity">The most images.</param>
    /// <param name="withGradients">Whether they are listed by pixel too.</param>
    public ImageLists(int capacity, bool withGradients)
    {
        ByImage = new SparseMatrix<T>(capacity, Pixels);
        ByPixel = withGradients ? new ByteColumns(capacity, Pixels) : null;
        _isListed = new bool[(capacity + Group - 1) / Group];
    }

    /// <summary>The numbers that grey values become.</summary>
    public Buffer<T> Greys { get; } = GreyScale<T>.Create();

    /// <summary>The images, each with its pixels that are not zero.</summary>
    public SparseMatrix<T> ByImage { get; }

    /// <summary>The pixels, each with its grey values in all images; null without gradients.</summary>
    public ByteColumns? ByPixel { get; }

    /// <summary>Forgets all images.</summary>
    public void Clear() => Array.Clear(_isListed);

    /// <summary>Lists images <paramref name="from"/> up to <paramref name="to"/> of a batch, unless they are, and others of their groups.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="from">The first image.</param>
    /// <param name="to">The image after the last.</param>
    /// <param name="count">Images that there are.</param>
    public void Require(Batch<T> batch, int from, int to, int count)
    {
        for (int first = from / Group * Group; first < to; first += Group)
        {
            ref bool isListed = ref _isListed[first / Group];
            if (!isListed)
            {
                isListed = true;
                List(batch, first, Math.Min(count, first + Group));
            }
        }
    }

    private void List(Batch<T> batch, int first, int end)
    {
        int stride = ByPixel?.ColumnCount ?? 0;
        byte* rows = stackalloc byte[Group * stride];
        for (int image = first; image < end; image++)
        {
            ByImage.Start(image);
            if (batch.HoldsNumbers)
            {
                ByImage.Counts[image] = List(batch.NumbersOf(image), ByImage.Columns(image), ByImage.Values(image));
                continue;
            }

            ReadOnlySpan<byte> pixels = batch.PixelsOf(image);
            ByImage.Counts[image] = List(pixels, ByImage.Columns(image), ByImage.Values(image));
            if (ByPixel is not null)
            {
                pixels.CopyTo(new Span<byte>(rows + (image - first) * stride, stride));
            }
        }

        ByPixel?.SetRows(first, rows);
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
        T* greys = Greys.Pointer;
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
