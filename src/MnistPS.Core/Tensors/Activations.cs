using System.Runtime.CompilerServices;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>
/// The output of a layer for a batch: the values of the forward pass and, when training, the gradients of the backward pass. An image is stored as rows ×
/// columns × channels, channels padded to whole 64 bytes; layers that work in place share it.
/// </summary>
internal sealed unsafe class Activations<T>
    where T : unmanaged
{
    private readonly Buffer<T>? _values;
    private readonly Buffer<T>? _gradients;

    // Of activations that are kept for one image only: one buffer a thread, in which gradients overwrite the values after use.
    private readonly ThreadLocal<Buffer<T>>? _perThread;

    /// <summary>Room for a batch.</summary>
    /// <param name="shape">The shape for one image.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether gradients are stored.</param>
    /// <param name="compact">Whether channels are stored without padding, as for a convolution on a one-channel image.</param>
    public Activations(Shape shape, int capacity, bool withGradients, bool compact = false)
        : this(shape, withGradients, compact ? shape.Channels : Buffer<T>.Pad(shape.Channels))
    {
        _values = new Buffer<T>(checked(capacity * ImageStride));
        _gradients = withGradients ? new Buffer<T>(capacity * ImageStride) : null;
    }

    private Activations(Shape shape, bool withGradients, int channelStride, bool isPerThread = false)
    {
        Shape = shape;
        ChannelStride = channelStride;
        ImageStride = Buffer<T>.Pad(checked(shape.Rows * shape.Columns * ChannelStride));
        HasGradients = withGradients;
        _perThread = isPerThread ? new ThreadLocal<Buffer<T>>(() => new Buffer<T>(ImageStride)) : null;
    }

    /// <summary>The shape for one image.</summary>
    public Shape Shape { get; }

    /// <summary>Distance of two pixels, in values.</summary>
    public int ChannelStride { get; }

    /// <summary>Distance of two images, in values.</summary>
    public int ImageStride { get; }

    /// <summary>Whether gradients are stored.</summary>
    public bool HasGradients { get; }

    /// <summary>Activations between two layers that run image by image: each thread keeps one image, its values and then its gradients.</summary>
    /// <param name="shape">The shape for one image.</param>
    /// <param name="withGradients">Whether gradients are stored.</param>
    public static Activations<T> PerThread(Shape shape, bool withGradients) => new(shape, withGradients, Buffer<T>.Pad(shape.Channels), isPerThread: true);

    /// <summary>A slice of whole images.</summary>
    public BatchSlice Images(int from, int to) => new(from, to, 0, ImageStride, ImageStride);

    /// <summary>The values of one image, and of those after it unless each thread keeps its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T* Values(int image) => _perThread is null ? _values!.Pointer + (nint)image * ImageStride : _perThread.Value!.Pointer;

    /// <summary>The gradients of one image, and of those after it unless each thread keeps its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T* Gradients(int image) => _perThread is null ? _gradients!.Pointer + (nint)image * ImageStride : _perThread.Value!.Pointer;
}
