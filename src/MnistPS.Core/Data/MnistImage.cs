namespace MnistPS;

/// <summary>One handwritten digit: 28 × 28 grey values, and its label if it is known.</summary>
public sealed class MnistImage
{
    /// <summary>Rows, and columns, of an image.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image.</summary>
    public const int PixelCount = Side * Side;

    private readonly ReadOnlyMemory<byte> _pixels;

    internal MnistImage(ReadOnlyMemory<byte> pixels, int index, int? label)
    {
        _pixels = pixels;
        Index = index;
        Label = label;
    }

    /// <summary>Position in its set, or in the pipeline for a bare array, from 0.</summary>
    public int Index { get; }

    /// <summary>The digit that was written, 0 to 9, or null if nobody said.</summary>
    public int? Label { get; }

    /// <summary>A copy of the 784 grey values, row by row, 0 (paper) to 255 (ink).</summary>
    public byte[] Pixels => _pixels.ToArray();

    /// <summary>The 784 grey values in place, without a copy.</summary>
    internal ReadOnlySpan<byte> Span => _pixels.Span;

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

    /// <summary>A short name, such as <c>image 59999: 8</c>, or <c>image 59999</c> without a label.</summary>
    public override string ToString() => Label is int label ? $"image {Index}: {label}" : $"image {Index}";
}
