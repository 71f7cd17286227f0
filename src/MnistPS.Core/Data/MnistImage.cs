namespace MnistPS;

/// <summary>One handwritten digit of an <see cref="ImageSet"/>: 28 × 28 grey values and its label.</summary>
public sealed class MnistImage
{
    /// <summary>Rows, and columns, of an image.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image.</summary>
    public const int PixelCount = Side * Side;

    private readonly ImageSet _set;

    internal MnistImage(ImageSet set, int index)
    {
        _set = set;
        Index = index;
    }

    /// <summary>Position in its set, from 0.</summary>
    public int Index { get; }

    /// <summary>The digit that was written, 0 to 9.</summary>
    public int Label => _set.LabelOf(Index);

    /// <summary>A copy of the 784 grey values, row by row, 0 (paper) to 255 (ink).</summary>
    public byte[] Pixels => Span.ToArray();

    /// <summary>The 784 grey values in place, without a copy.</summary>
    internal ReadOnlySpan<byte> Span => _set.PixelsOf(Index);

    /// <summary>The grey value at a row and a column, each from 0 to 27.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row or a column outside the image.</exception>
    public byte this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Side);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Side);
            return Span[row * Side + column];
        }
    }

    /// <summary>A short name, such as <c>image 59999: 8</c>.</summary>
    public override string ToString() => $"image {Index}: {Label}";
}
