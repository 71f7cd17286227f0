using System.Collections;
using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>Images with their labels. Pixels are stored as bytes; there is no second copy in floating point.</summary>
public sealed class ImageSet : IReadOnlyList<MnistImage>
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly Lazy<NonzeroPixels> _nonzero;

    /// <summary>Wraps pixels without copying them; they must not change afterwards.</summary>
    /// <param name="pixels">Grey values, (n, 784) row by row.</param>
    /// <param name="labels">Digits, (n), each 0 to 9. They are copied, since a loss uses a label as an index.</param>
    /// <exception cref="MnistException">The lengths disagree (<c>CountMismatch</c>), or a label is over 9 (<c>LabelOutOfRange</c>).</exception>
    public ImageSet(byte[] pixels, byte[] labels)
        : this(pixels, (byte[])labels?.Clone()!, null, null)
    {
    }

    /// <summary>Wraps pixels and labels without copying them. Names and origins are those of another set, or none.</summary>
    private ImageSet(byte[] pixels, byte[] labels, Lazy<NonzeroPixels>? nonzero, ImageSet? like)
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
        _nonzero = nonzero ?? new Lazy<NonzeroPixels>(() => new NonzeroPixels(this));
        Labels = Array.AsReadOnly(labels);
        Name = like?.Name;
        ClassNames = like?.ClassNames ?? MnistPS.ClassNames.Digits;
    }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Images and pixels an image, such as (60000, 784).</summary>
    public ImageSetShape Shape => new(Count, MnistImage.PixelCount);

    /// <summary>The digit of each image, (n).</summary>
    public ReadOnlyCollection<byte> Labels { get; }

    /// <summary>The one-hot targets, (n, classes), or null before <c>ConvertTo-OneHot</c>.</summary>
    public OneHotTargets? Targets { get; internal init; }

    /// <summary>The name of a set in a data set, such as <c>MNIST training</c>, or null.</summary>
    public string? Name { get; internal init; }

    /// <summary>The names of the ten labels: the digits, unless the set has other classes.</summary>
    public ReadOnlyCollection<string> ClassNames { get; private init; }

    /// <summary>The origin of each image, (n), or null if it is the set itself.</summary>
    internal ImageOrigin[]? Origins { get; init; }

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

    /// <summary>The nonzero pixels, listed on first use; pixels must not change afterwards.</summary>
    internal NonzeroPixels Nonzero => _nonzero.Value;

    /// <summary>The grey values of all images, without a copy.</summary>
    internal ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The 784 grey values of one image, without a copy.</summary>
    internal ReadOnlySpan<byte> PixelsOf(int index) => _pixels.AsSpan(index * MnistImage.PixelCount, MnistImage.PixelCount);

    /// <summary>The digits of all images, in place.</summary>
    internal ReadOnlySpan<byte> Digits => _labels;

    /// <summary>The digit of one image.</summary>
    internal byte LabelOf(int index) => _labels[index];

    /// <summary>The origin of an image, or null if its set has no name.</summary>
    internal ImageOrigin? OriginOf(int index) => Origins is not null ? Origins[index] : Name is not null ? new ImageOrigin(Name, index) : null;

    /// <summary>The same images, listed once for both sets, with a name if they have none yet.</summary>
    internal ImageSet Named(string name) => Name is not null ? this : new ImageSet(_pixels, _labels, _nonzero, this) { Name = name, Origins = Origins, Targets = Targets };

    /// <summary>The same images, listed once for both sets, with class names.</summary>
    internal ImageSet WithClassNames(ReadOnlyCollection<string> names)
        => new(_pixels, _labels, _nonzero, this) { ClassNames = names, Origins = Origins, Targets = Targets };

    /// <summary>A set of images with labels, in their order. It keeps their origins.</summary>
    /// <exception cref="MnistException">There are more images than a set can have (<c>TooManyImages</c>).</exception>
    internal static ImageSet Of(IReadOnlyList<MnistImage> images)
    {
        if (images.Count > IdxFile.MostItems)
        {
            throw new MnistException("TooManyImages", Fault.InvalidArgument,
                $"There are {images.Count} images; a set holds {IdxFile.MostItems} at most. Leave some out, such as by -Count.", images.Count);
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(images.Count * MnistImage.PixelCount);
        byte[] labels = new byte[images.Count];
        ImageOrigin[] origins = new ImageOrigin[images.Count];
        for (int i = 0; i < images.Count; i++)
        {
            images[i].Span.CopyTo(pixels.AsSpan(i * MnistImage.PixelCount));
            labels[i] = (byte)images[i].Label!.Value;
            origins[i] = images[i].FirstOrigin ?? new ImageOrigin(null, images[i].Index, images[i].Source);
        }

        return new ImageSet(pixels, labels, nonzero: null, like: null) { Origins = origins };
    }

    /// <summary>A set of <paramref name="count"/> images from <paramref name="start"/> on.</summary>
    internal ImageSet Slice(int start, int count)
    {
        if (start == 0 && count == Count)
        {
            return this;
        }

        ImageSet slice = new(
            _pixels.AsSpan(start * MnistImage.PixelCount, count * MnistImage.PixelCount).ToArray(),
            _labels.AsSpan(start, count).ToArray(),
            nonzero: null,
            this)
        {
            Targets = Targets?.Slice(start, count),
            Origins = start == 0 && Origins is null ? null : OriginsOf(Enumerable.Range(start, count)),
        };
        return slice;
    }

    /// <summary>A set with a copy of the images at some indices.</summary>
    internal ImageSet Pick(int[] places)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(places.Length * MnistImage.PixelCount);
        for (int i = 0; i < places.Length; i++)
        {
            PixelsOf(places[i]).CopyTo(pixels.AsSpan(i * MnistImage.PixelCount));
        }

        return new ImageSet(pixels, Array.ConvertAll(places, place => _labels[place]), nonzero: null, this)
        {
            Origins = OriginsOf(places),
        };
    }

    /// <summary>A set of these images, each varied as the training varies it, by a key that its index is added to.</summary>
    internal ImageSet Vary(IReadOnlyList<Augmentation> kinds, ulong key)
    {
        Augmenter augmenter = new(kinds);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(_pixels.Length);
        Parallel.For(0, Count, i => augmenter.Apply(PixelsOf(i), pixels.AsSpan(i * MnistImage.PixelCount, MnistImage.PixelCount), key + (ulong)i));
        return new ImageSet(pixels, _labels, nonzero: null, this) { Origins = Origins };
    }

    /// <summary>The same images, listed once for both sets, with one-hot targets.</summary>
    internal ImageSet WithTargets(int classCount) => new(_pixels, _labels, _nonzero, this)
    {
        Targets = new OneHotTargets(_labels, classCount),
        Origins = Origins,
    };

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
        => new(_pixels.AsMemory(index * MnistImage.PixelCount, MnistImage.PixelCount), index, _labels[index], this);

    private ImageOrigin[]? OriginsOf(IEnumerable<int> places)
        => Origins is null && Name is null ? null : [.. places.Select(place => OriginOf(place) ?? default)];

    /// <summary>The shape as the tutorial prints it, such as <c>(60000, 784)</c>.</summary>
    public override string ToString() => Shape.ToString();
}
