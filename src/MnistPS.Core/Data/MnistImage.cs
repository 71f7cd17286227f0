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

    /// <summary>An image of grey values, without a label.</summary>
    /// <exception cref="MnistException">There are not 784 of them (<c>WrongImageLength</c>).</exception>
    internal static MnistImage FromPixels(ReadOnlySpan<byte> pixels, int index)
    {
        CheckLength(pixels.Length);
        return new MnistImage(pixels.ToArray(), index, null);
    }

    /// <summary>An image of numbers from 0 (paper) to 1 (ink), each rounded to the nearest grey value, without a label.</summary>
    /// <exception cref="MnistException">There are not 784 of them (<c>WrongImageLength</c>), or one is no such number (<c>PixelOutOfRange</c>).</exception>
    internal static MnistImage FromNumbers(ReadOnlySpan<double> numbers, int index)
    {
        CheckLength(numbers.Length);
        byte[] pixels = new byte[PixelCount];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!(numbers[i] is >= 0 and <= 1))
            {
                throw new MnistException("PixelOutOfRange", Fault.InvalidData, FormattableString.Invariant(
                    $"Number {i} of input {index} is {numbers[i]}; a number from 0 to 1 was expected. Divide grey values by 255, or pass them as bytes."), numbers[i]);
            }

            pixels[i] = (byte)Math.Round(byte.MaxValue * numbers[i]);
        }

        return new MnistImage(pixels, index, null);
    }

    /// <summary>Position in its set, or in the pipeline for a bare array, from 0.</summary>
    public int Index { get; }

    /// <summary>The digit that was written, 0 to 9, or null if nobody said.</summary>
    public int? Label { get; }

    /// <summary>The picture that it comes from and where it stands there, or null if it comes from none.</summary>
    public ImageSource? Source { get; internal init; }

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

    private static void CheckLength(int length)
    {
        if (length != PixelCount)
        {
            throw new MnistException("WrongImageLength", Fault.InvalidData,
                $"The array has {length} numbers; an image has {PixelCount}, {Side} rows of {Side}.", length);
        }
    }

    /// <summary>A short name, such as <c>image 59999: 8</c>, or <c>image 59999</c> without a label.</summary>
    public override string ToString() => Label is int label ? $"image {Index}: {label}" : $"image {Index}";
}
