using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>The images that pass through the layers together, and the threads that do the work.</summary>
internal sealed class Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Parts of a batch in which sums over its images are accumulated. They do not depend on the number of threads, so neither do the sums.
    /// </summary>
    public const int Slots = 16;

    // Augmenting an image costs about as much as so many multiplications.
    private const long AugmentationWork = 20_000;

    private readonly Augmenter? _augmenter;
    private readonly byte[] _augmented;
    private readonly Action<int, int> _augment;
    private int[]? _order;
    private int _start;
    private byte[]? _pixels;
    private double[]? _values;
    private ulong _key;

    /// <summary>Room for a batch.</summary>
    /// <param name="capacity">The most images it may have.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="augmenter">Varies the images, or null.</param>
    public Batch(int capacity, Workers workers, Augmenter? augmenter = null)
    {
        Capacity = capacity;
        Workers = workers;
        _augmenter = augmenter;
        _augmented = augmenter is null ? [] : new byte[capacity * MnistImage.PixelCount];
        _augment = Augment;
    }

    /// <summary>The most images it may have.</summary>
    public int Capacity { get; }

    /// <summary>Images in it.</summary>
    public int Count { get; private set; }

    /// <summary>Images after the batch in the set or its order.</summary>
    public int Following
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get => (_order?.Length ?? Images.Count - Reserved) - _start - Count;
    }

    /// <summary>Whether the order of images differs from that of their set.</summary>
    public bool IsShuffled => _order is not null;

    /// <summary>Images at the end of the set that are never taken.</summary>
    public int Reserved { get; init; }

    /// <summary>Whether the layers behave as in training (dropout, batch statistics).</summary>
    public bool IsTraining { get; init; }

    /// <summary>The threads.</summary>
    public Workers Workers { get; set; }

    /// <summary>The kernels.</summary>
    public Kernels<T> Kernels { get; init; } = Kernels<T>.Best;

    /// <summary>The network's generator; null outside training.</summary>
    public NumPyGenerator? Generator { get; init; }

    /// <summary>Ends the work early; its results are then invalid.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>The set that its images come from.</summary>
    public ImageSet Images { get; private set; } = null!;

    /// <summary>Whether the images are those of their set, neither augmented nor passed in directly.</summary>
    public bool IsOfSet => _pixels is null && _values is null;

    /// <summary>Takes images from a set: those at start, start + 1 … of an order, or of the set itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(ImageSet images, int[]? order, int start, int count)
    {
        Images = images;
        _order = order;
        _start = start;
        _pixels = null;
        _values = null;
        Count = count;
        if (_augmenter is not null)
        {
            _pixels = _augmented;
            _key = Generator!.NextUInt64();
            Workers.For(count, AugmentationWork * count, _augment);
        }
    }

    /// <summary>Takes images that belong to no set, 784 grey values each, one after another.</summary>
    public void Take(byte[] pixels, int count)
    {
        _pixels = pixels;
        _values = null;
        Count = count;
    }

    /// <summary>Takes images as values from 0 to 1, 784 each, one after another.</summary>
    public void Take(double[] values, int count)
    {
        _pixels = null;
        _values = values;
        Count = count;
    }

    /// <summary>Whether the images are values from 0 to 1 instead of grey values.</summary>
    public bool HoldsValues => _values is not null;

    /// <summary>The 784 values of an image of the batch.</summary>
    public ReadOnlySpan<double> ValuesOf(int image) => _values.AsSpan(image * MnistImage.PixelCount, MnistImage.PixelCount);

    /// <summary>The index in its set of an image of the batch or of one that follows.</summary>
    public int IndexOf(int image) => _order is null ? _start + image : _order[_start + image];

    /// <summary>The label of an image of the batch.</summary>
    public int LabelOf(int image) => Images.LabelOf(IndexOf(image));

    /// <summary>The 784 grey values of an image of the batch.</summary>
    public ReadOnlySpan<byte> PixelsOf(int image)
        => _pixels is null ? Images.PixelsOf(IndexOf(image)) : _pixels.AsSpan(image * MnistImage.PixelCount, MnistImage.PixelCount);

    /// <summary>First image of a slot; that of the slot after the last is the count.</summary>
    public int SlotStart(int slot) => (int)((long)Count * slot / Slots);

    private void Augment(int from, int to)
    {
        for (int image = from; image < to && !Cancellation.IsCancellationRequested; image++)
        {
            Span<byte> target = _augmented.AsSpan(image * MnistImage.PixelCount, MnistImage.PixelCount);
            _augmenter!.Apply(Images.PixelsOf(IndexOf(image)), target, _key + (ulong)image);
        }
    }
}
