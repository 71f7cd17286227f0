using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>One handwritten digit: 28 × 28 grey values, and its label if known.</summary>
public sealed class MnistImage
{
    /// <summary>Rows, and columns, of an image.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image.</summary>
    public const int PixelCount = Side * Side;

    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly ImageSet? _set;

    internal MnistImage(ReadOnlyMemory<byte> pixels, int index, int? label, ImageSet? set = null)
    {
        _pixels = pixels;
        Index = index;
        Label = label;
        _set = set;
    }

    /// <summary>An image of grey values, without a label.</summary>
    /// <exception cref="MnistException">There are not 784 of them (<c>WrongImageLength</c>).</exception>
    internal static MnistImage FromPixels(ReadOnlySpan<byte> pixels, int index)
    {
        CheckLength(pixels.Length);
        return new MnistImage(pixels.ToArray(), index, null);
    }

    /// <summary>An image of values from 0 (paper) to 1 (ink), each rounded to the nearest grey value, without a label.</summary>
    /// <exception cref="MnistException">There are not 784 of them (<c>WrongImageLength</c>), or one is not from 0 to 1
    /// (<c>PixelOutOfRange</c>).</exception>
    internal static MnistImage FromValues(ReadOnlySpan<double> values, int index)
    {
        CheckLength(values.Length);
        byte[] pixels = new byte[PixelCount];
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] is >= 0 and <= 1))
            {
                throw new MnistException("PixelOutOfRange", Fault.InvalidData, FormattableString.Invariant(
                    $"Number {i} of input {index} is {values[i]}; a number from 0 to 1 was expected. Divide grey values by 255, or pass them as bytes."), values[i]);
            }

            pixels[i] = (byte)Math.Round(byte.MaxValue * values[i]);
        }

        return new MnistImage(pixels, index, null);
    }

    /// <summary>Position in its set, or in the pipeline for a bare array, from 0.</summary>
    public int Index { get; }

    /// <summary>The written digit, 0 to 9, or null if unknown.</summary>
    public int? Label { get; }

    /// <summary>The picture that it comes from and the rectangle there, or null without one.</summary>
    public ImageSource? Source
    {
        get => field ?? FirstOrigin?.Source;
        internal init;
    }

    /// <summary>
    /// Its first set and its position there, such as <c>MNIST training 59999</c>, or null if that set has no name. Sets that are made of other sets'
    /// images keep it.
    /// </summary>
    public string? Origin => FirstOrigin is { Set: not null } origin ? $"{origin}" : null;

    /// <summary>The name of its label, such as <c>7</c> or <c>Sneaker</c>, or null without a label.</summary>
    public string? LabelName => Label is int label ? (ClassNames ?? MnistPS.ClassNames.Digits)[label] : null;

    /// <summary>The class names of its set, or null without a set.</summary>
    internal ReadOnlyCollection<string>? ClassNames => _set?.ClassNames;

    /// <summary>Its origin, or null without a set.</summary>
    internal ImageOrigin? FirstOrigin => _set?.OriginOf(Index);

    /// <summary>A copy of the 784 grey values, row by row, 0 (paper) to 255 (ink).</summary>
    public byte[] Pixels => _pixels.ToArray();

    /// <summary>The 784 grey values, without a copy.</summary>
    internal ReadOnlySpan<byte> Span => _pixels.Span;

    /// <summary>The same image with another label.</summary>
    internal MnistImage WithLabel(int label) => new(_pixels, Index, label, _set) { Source = Source };

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
    public override string ToString() => LabelName is { } name ? $"image {Index}: {name}" : $"image {Index}";
}
