using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>The images of a batch as sparse rows of nonzero pixels, x = grey / 255.</summary>
internal sealed unsafe class SparseImages<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Pixels = MnistImage.PixelCount;

    // Listing an image costs about as much as so many multiplications.
    private const long ListingWork = 10_000;

    private readonly int _capacity;
    private readonly Action<int, int> _list;
    private Batch<T> _batch = null!;
    private NonzeroPixels? _nonzero;

    // Room for images that belong to no set: augmented ones, and those passed in directly.
    private NonzeroPixels? _loose;
    private Buffer<uint>? _entries;
    private Buffer<T>? _values;

    /// <summary>Room for the images of a batch.</summary>
    /// <param name="capacity">The most images.</param>
    /// <param name="areHalved">Whether upper and lower halves are listed apart.</param>
    public SparseImages(int capacity, bool areHalved = false)
    {
        _capacity = capacity;
        _list = List;
        Parts = areHalved
            ? [new CsrMatrix<T>(capacity, NonzeroPixels.LowerHalf), new CsrMatrix<T>(capacity, Pixels, NonzeroPixels.LowerHalf)]
            : [new CsrMatrix<T>(capacity, Pixels)];
    }

    /// <summary>The value of each of the 256 grey levels.</summary>
    public Buffer<T> Greys { get; } = GreyScale<T>.Create();

    /// <summary>The images as sparse rows: whole, or their upper halves and their lower ones.</summary>
    public CsrMatrix<T>[] Parts { get; }

    /// <summary>Prepares the first images of a batch and those that follow; <see cref="Take"/> must follow for all of them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="count">Images.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(Batch<T> batch, int count)
    {
        _batch = batch;
        if (batch.IsOfSet)
        {
            _nonzero = batch.Images.Nonzero;
        }
        else if (batch.HoldsValues)
        {
            // Listed in Take, which threads share.
            _entries ??= new Buffer<uint>(_capacity * Pixels);
            _values ??= new Buffer<T>(_capacity * Pixels);
        }
        else
        {
            _nonzero = _loose ??= new NonzeroPixels(_capacity);
            batch.Workers.For(count, ListingWork * count, _list);
        }
    }

    /// <summary>Takes a part of some images.</summary>
    /// <param name="part">The part.</param>
    /// <param name="from">The first image.</param>
    /// <param name="to">The image after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int part, int from, int to)
    {
        CsrMatrix<T> images = Parts[part];
        if (_batch.HoldsValues)
        {
            TakeValues(images, from, to);
            return;
        }

        bool isOfSet = _batch.IsOfSet;
        for (int image = from; image < to; image++)
        {
            _nonzero!.Find(isOfSet ? _batch.IndexOf(image) : image, out uint* first, out uint* lower, out uint* end);
            first = images.FirstColumn > 0 ? lower : first;
            end = images.ColumnCount < Pixels ? lower : end;
            Cache.Fetch(first, end);
            images.Set(image, first, (int)(end - first), Greys.Pointer);
        }
    }

    /// <summary>Transposes a part of some images.</summary>
    /// <param name="part">The part.</param>
    /// <param name="from">The first image, a multiple of <see cref="ColumnMajorBytes.RowGroup"/>.</param>
    /// <param name="to">The image after the last.</param>
    /// <param name="byPixel">Receives the grey values of each pixel of the part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transpose(int part, int from, int to, ColumnMajorBytes byPixel)
    {
        const int Group = ColumnMajorBytes.RowGroup;
        CsrMatrix<T> images = Parts[part];
        int stride = Buffer<byte>.Pad(images.ColumnCount - images.FirstColumn);
        byte* rows = stackalloc byte[Group * stride];
        for (int first = from; first < to; first += Group)
        {
            new Span<byte>(rows, Group * stride).Clear();
            for (int image = first; image < Math.Min(to, first + Group); image++)
            {
                byte* row = rows + (image - first) * stride - images.FirstColumn;
                uint* end = images.Entries(image) + images.Count(image);
                for (uint* entry = images.Entries(image); entry < end; entry++)
                {
                    row[CsrEntry.Column(*entry)] = (byte)CsrEntry.Place(*entry);
                }
            }

            byPixel.SetRows(first, images.FirstColumn, images.ColumnCount, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void List(int from, int to)
    {
        for (int image = from; image < to; image++)
        {
            _loose!.Set(image, _batch.PixelsOf(image));
        }
    }

    /// <summary>Lists values, which only inference uses: their images are whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeValues(CsrMatrix<T> images, int from, int to)
    {
        Debug.Assert(Parts.Length == 1, "A half would be given all pixels.");
        for (int image = from; image < to; image++)
        {
            ReadOnlySpan<double> source = _batch.ValuesOf(image);
            uint* entries = _entries!.Pointer + image * Pixels;
            T* values = _values!.Pointer + image * Pixels;
            int listed = 0;
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                if (source[pixel] != 0)
                {
                    values[listed] = T.CreateTruncating(source[pixel]);
                    entries[listed] = CsrEntry.Create(pixel, listed);
                    listed++;
                }
            }

            images.Set(image, entries, listed, values);
        }
    }
}
