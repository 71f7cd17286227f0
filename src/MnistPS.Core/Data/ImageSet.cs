using System.Collections;
using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>Images with their labels. Pixels stay bytes; nothing here ever holds a second copy of them as floating point.</summary>
public sealed class ImageSet : IReadOnlyList<MnistImage>
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly Lazy<LitPixels> _lit;

    /// <summary>Wraps pixels without copying them; they must not change any more.</summary>
    /// <param name="pixels">Grey values, (n, 784) row by row.</param>
    /// <param name="labels">Digits, (n), each 0 to 9. They are copied: a loss looks for an output by its label.</param>
    /// <exception cref="MnistException">The lengths disagree (<c>CountMismatch</c>), or a label is over 9 (<c>LabelOutOfRange</c>).</exception>
    public ImageSet(byte[] pixels, byte[] labels)
        : this(pixels, (byte[])labels?.Clone()!, null)
    {
    }

    private ImageSet(byte[] pixels, byte[] labels, Lazy<LitPixels>? lit)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (pixels.Length != (long)labels.Length * MnistImage.PixelCount)
        {
            throw new MnistException("CountMismatch", Fault.InvalidData,
                $"There are {pixels.Length} pixels for {labels.Length} labels; {MnistImage.PixelCount} pixels a label were expected.", labels.Length);
        }

        int bad = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (bad >= 0)
        {
            throw new MnistException("LabelOutOfRange", Fault.InvalidData,
                $"Label {bad} is {labels[bad]}; a digit from 0 to 9 was expected.", labels[bad]);
        }

        _pixels = pixels;
        _labels = labels;
        _lit = lit ?? new Lazy<LitPixels>(() => new LitPixels(this));
        Labels = Array.AsReadOnly(labels);
    }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Images and pixels an image, such as (60000, 784).</summary>
    public ImageSetShape Shape => new(Count, MnistImage.PixelCount);

    /// <summary>The digit of each image, (n).</summary>
    public ReadOnlyCollection<byte> Labels { get; }

    /// <summary>The one-hot targets, (n, classes), or null before <c>ConvertTo-OneHot</c>.</summary>
    public OneHotTargets? Targets { get; internal init; }

    /// <summary>The image at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside the set.</exception>
    public MnistImage this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return ImageAt(index);
        }
    }

    /// <summary>The pixels that are not zero, listed when they are first asked for; from then on none may change.</summary>
    internal LitPixels Lit => _lit.Value;

    /// <summary>The grey values of all images, in place.</summary>
    internal ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The 784 grey values of one image, in place.</summary>
    internal ReadOnlySpan<byte> PixelsOf(int index) => _pixels.AsSpan(index * MnistImage.PixelCount, MnistImage.PixelCount);

    /// <summary>The digits of all images, in place.</summary>
    internal ReadOnlySpan<byte> Digits => _labels;

    /// <summary>The digit of one image.</summary>
    internal byte LabelOf(int index) => _labels[index];

    /// <summary>A set of its own with the images from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    internal ImageSet Slice(int start, int count)
    {
        if (start == 0 && count == Count)
        {
            return this;
        }

        ImageSet slice = new(
            _pixels.AsSpan(start * MnistImage.PixelCount, count * MnistImage.PixelCount).ToArray(),
            _labels.AsSpan(start, count).ToArray(),
            lit: null)
        {
            Targets = Targets?.Slice(start, count),
        };
        return slice;
    }

    /// <summary>A set of its own with the images at some places.</summary>
    internal ImageSet Pick(int[] places)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(places.Length * MnistImage.PixelCount);
        for (int i = 0; i < places.Length; i++)
        {
            PixelsOf(places[i]).CopyTo(pixels.AsSpan(i * MnistImage.PixelCount));
        }

        return new ImageSet(pixels, Array.ConvertAll(places, place => _labels[place]), lit: null);
    }

    /// <summary>The same images, listed once for both sets, with one-hot targets.</summary>
    internal ImageSet WithTargets(int classCount) => new(_pixels, _labels, _lit) { Targets = new OneHotTargets(_labels, classCount) };

    /// <inheritdoc/>
    public IEnumerator<MnistImage> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return ImageAt(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private MnistImage ImageAt(int index)
        => new(_pixels.AsMemory(index * MnistImage.PixelCount, MnistImage.PixelCount), index, _labels[index]);

    /// <summary>The shape as the document prints it, such as <c>(60000, 784)</c>.</summary>
    public override string ToString() => Shape.ToString();
}
