using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// What passes between two layers: the values of a batch on the way forward and, when training, their gradients on the way back.
/// An image lies as rows × columns × channels, its channels padded to whole 64 bytes; layers that work in place share one signal.
/// </summary>
internal sealed unsafe class Signal<T>
    where T : unmanaged
{
    private readonly Buffer<T> _values;
    private readonly Buffer<T>? _gradients;

    /// <summary>Room for a batch.</summary>
    /// <param name="shape">The shape of one image's part.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether gradients will come back.</param>
    /// <param name="compact">Whether channels lie side by side without padding, as a convolution likes its one-channel image.</param>
    public Signal(Shape shape, int capacity, bool withGradients, bool compact = false)
    {
        Shape = shape;
        ChannelStride = compact ? shape.Channels : Buffer<T>.Pad(shape.Channels);
        ImageStride = Buffer<T>.Pad(checked(shape.Rows * shape.Columns * ChannelStride));
        _values = new Buffer<T>(checked(capacity * ImageStride));
        _gradients = withGradients ? new Buffer<T>(capacity * ImageStride) : null;
    }

    /// <summary>The shape of one image's part.</summary>
    public Shape Shape { get; }

    /// <summary>Distance of two pixels.</summary>
    public int ChannelStride { get; }

    /// <summary>Distance of two images.</summary>
    public int ImageStride { get; }

    /// <summary>Whether gradients come back.</summary>
    public bool HasGradients => _gradients is not null;

    /// <summary>The part of a batch that is some images, whole.</summary>
    public Part Images(int from, int to) => new(from, to, 0, ImageStride, ImageStride);

    /// <summary>The values of one image and of those after it.</summary>
    public T* Values(int image) => _values.Pointer + (nint)image * ImageStride;

    /// <summary>The gradients of one image and of those after it.</summary>
    public T* Gradients(int image) => _gradients!.Pointer + (nint)image * ImageStride;
}
