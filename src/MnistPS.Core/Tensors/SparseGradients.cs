using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>The nonzero gradients of one image's activations, as two sparse matrices: by pixel, and by channel.</summary>
internal sealed unsafe class SparseGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _activations;
    private readonly int _columns;
    private readonly Buffer<uint> _pixelEntries;

    // Each channel has room for all pixels.
    private readonly Buffer<uint> _channelEntries;
    private readonly Buffer<T> _channelValues;
    private readonly Buffer<int> _channelCounts;

    /// <summary>Room for an image.</summary>
    /// <param name="activations">The activations.</param>
    /// <param name="columns">Pixels of a row in <see cref="ByChannel"/>, at least as many as the activations have.</param>
    public SparseGradients(Activations<T> activations, int columns)
    {
        _activations = activations;
        _columns = columns;
        Shape shape = activations.Shape;
        ByPixel = new CsrMatrix<T>(shape.Rows * shape.Columns, shape.Channels);
        ByChannel = new CsrMatrix<T>(shape.Channels, shape.Rows * columns);
        _pixelEntries = new Buffer<uint>(shape.Size);
        _channelEntries = new Buffer<uint>(shape.Size);
        _channelValues = new Buffer<T>(shape.Size);
        _channelCounts = new Buffer<int>(shape.Channels);
    }

    /// <summary>The gradients, (pixels, channels).</summary>
    public CsrMatrix<T> ByPixel { get; }

    /// <summary>The gradients, (channels, pixels), with rows of as many pixels as requested.</summary>
    public CsrMatrix<T> ByChannel { get; }

    /// <summary>Lists an image of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int image)
    {
        Shape shape = _activations.Shape;
        int pixels = shape.Rows * shape.Columns;
        int* counts = _channelCounts.Pointer;
        _channelCounts.Span.Clear();
        T* gradients = _activations.Gradients(image);
        uint* entry = _pixelEntries.Pointer;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            uint* first = entry;
            int place = pixel / shape.Columns * _columns + pixel % shape.Columns;
            for (int group = 0; group < shape.Channels; group += Vector512<T>.Count)
            {
                // Channels are padded to whole 64 bytes. The padding is not listed: it is zero, but NaN where a training diverges.
                Vector512<T> isZero = Vector512.Equals(Vector512.Load(gradients + group), Vector512<T>.Zero);
                ulong isChannel = (1UL << Math.Min(Vector512<T>.Count, shape.Channels - group)) - 1;
                ulong present = ~isZero.ExtractMostSignificantBits() & isChannel;
                for (; present != 0; present &= present - 1)
                {
                    int channel = group + BitOperations.TrailingZeroCount(present);
                    *entry++ = CsrEntry.Create(channel, channel);
                    int listed = counts[channel]++;
                    _channelEntries.Pointer[channel * pixels + listed] = CsrEntry.Create(place, listed);
                    _channelValues.Pointer[channel * pixels + listed] = gradients[channel];
                }
            }

            ByPixel.Set(pixel, first, (int)(entry - first), gradients);
            gradients += _activations.ChannelStride;
        }

        for (int channel = 0; channel < shape.Channels; channel++)
        {
            ByChannel.Set(channel, _channelEntries.Pointer + channel * pixels, counts[channel], _channelValues.Pointer + channel * pixels);
        }
    }
}
