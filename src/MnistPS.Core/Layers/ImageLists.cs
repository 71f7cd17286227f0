using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>The images of a batch by their pixels that are not zero, x = grey / 255.</summary>
internal sealed unsafe class ImageLists<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Pixels = MnistImage.PixelCount;

    // Listing an image costs about as much as so many multiplications.
    private const long ListingWork = 10_000;

    private readonly int _capacity;
    private readonly Action<int, int> _list;
    private Batch<T> _batch = null!;

    // Room for images that are of no set: varied or handed over ones, and numbers.
    private LitPixels? _loose;
    private Buffer<uint>? _entries;
    private Buffer<T>? _numbers;

    /// <summary>Room for the images of a batch.</summary>
    /// <param name="capacity">The most images.</param>
    public ImageLists(int capacity)
    {
        _capacity = capacity;
        _list = List;
        ByImage = new SparseMatrix<T>(capacity, Pixels);
    }

    /// <summary>The numbers that grey values become.</summary>
    public Buffer<T> Greys { get; } = GreyScale<T>.Create();

    /// <summary>The images, each with its pixels that are not zero.</summary>
    public SparseMatrix<T> ByImage { get; }

    /// <summary>Lists the first images of a batch and of those that follow.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="count">Images.</param>
    public void Take(Batch<T> batch, int count)
    {
        if (batch.HoldsNumbers)
        {
            TakeNumbers(batch, count);
            return;
        }

        if (!batch.IsOfSet)
        {
            _batch = batch;
            _loose ??= new LitPixels(_capacity);
            batch.Workers.For(count, ListingWork * count, _list);
        }

        LitPixels lit = batch.IsOfSet ? batch.Images.Lit : _loose!;
        for (int image = 0; image < count; image++)
        {
            int index = batch.IsOfSet ? batch.IndexOf(image) : image;
            ByImage.Set(image, lit.Of(index), lit.CountOf(index), Greys.Pointer);
        }
    }

    /// <summary>Turns the grey values of listed images round.</summary>
    /// <param name="count">Images.</param>
    /// <param name="byPixel">Receives for each pixel its grey values in all images.</param>
    public void Turn(int count, ByteColumns byPixel)
    {
        const int Group = ByteColumns.RowGroup;
        int stride = byPixel.ColumnCount;
        byte* rows = stackalloc byte[Group * stride];
        for (int first = 0; first < count; first += Group)
        {
            new Span<byte>(rows, Group * stride).Clear();
            for (int image = first; image < Math.Min(count, first + Group); image++)
            {
                byte* row = rows + (image - first) * stride;
                uint* end = ByImage.Entries(image) + ByImage.Count(image);
                for (uint* entry = ByImage.Entries(image); entry < end; entry++)
                {
                    row[SparseEntry.Column(*entry)] = (byte)SparseEntry.Place(*entry);
                }
            }

            byPixel.SetRows(first, rows);
        }
    }

    private void List(int from, int to)
    {
        for (int image = from; image < to; image++)
        {
            _loose!.Set(image, _batch.PixelsOf(image));
        }
    }

    private void TakeNumbers(Batch<T> batch, int count)
    {
        _entries ??= new Buffer<uint>(_capacity * Pixels);
        _numbers ??= new Buffer<T>(_capacity * Pixels);
        for (int image = 0; image < count; image++)
        {
            ReadOnlySpan<double> numbers = batch.NumbersOf(image);
            uint* entries = _entries.Pointer + image * Pixels;
            T* values = _numbers.Pointer + image * Pixels;
            int listed = 0;
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                if (numbers[pixel] != 0)
                {
                    values[listed] = T.CreateTruncating(numbers[pixel]);
                    entries[listed] = SparseEntry.Create(pixel, listed);
                    listed++;
                }
            }

            ByImage.Set(image, entries, listed, values);
        }
    }
}
