using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>Those of one image's gradients of a signal that are not zero, listed twice: pixel by pixel, and channel by channel.</summary>
internal sealed unsafe class SparseGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _signal;
    private readonly int _columns;
    private readonly Buffer<uint> _pixelEntries;

    // Each channel has room for all pixels.
    private readonly Buffer<uint> _channelEntries;
    private readonly Buffer<T> _channelValues;
    private readonly Buffer<int> _channelCounts;

    /// <summary>Room for an image.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="columns">As how many pixels a row of it counts in <see cref="ByChannel"/>, those that it has at least.</param>
    public SparseGradients(Activations<T> signal, int columns)
    {
        _signal = signal;
        _columns = columns;
        Shape shape = signal.Shape;
        ByPixel = new CsrMatrix<T>(shape.Rows * shape.Columns, shape.Channels);
        ByChannel = new CsrMatrix<T>(shape.Channels, shape.Rows * columns);
        _pixelEntries = new Buffer<uint>(shape.Size);
        _channelEntries = new Buffer<uint>(shape.Size);
        _channelValues = new Buffer<T>(shape.Size);
        _channelCounts = new Buffer<int>(shape.Channels);
    }

    /// <summary>The gradients, (pixels, channels).</summary>
    public CsrMatrix<T> ByPixel { get; }

    /// <summary>The gradients, (channels, pixels), where a row of pixels is as long as was asked for.</summary>
    public CsrMatrix<T> ByChannel { get; }

    /// <summary>Lists an image of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int image)
    {
        Shape shape = _signal.Shape;
        int pixels = shape.Rows * shape.Columns;
        int* counts = _channelCounts.Pointer;
        _channelCounts.Span.Clear();
        T* gradients = _signal.Gradients(image);
        uint* entry = _pixelEntries.Pointer;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            uint* first = entry;
            int place = pixel / shape.Columns * _columns + pixel % shape.Columns;
            for (int group = 0; group < shape.Channels; group += Vector512<T>.Count)
            {
                // A pixel ends with whole 64 bytes. What pads them is not listed: it is zero, but not a number where a training diverges.
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
            gradients += _signal.ChannelStride;
        }

        for (int channel = 0; channel < shape.Channels; channel++)
        {
            ByChannel.Set(channel, _channelEntries.Pointer + channel * pixels, counts[channel], _channelValues.Pointer + channel * pixels);
        }
    }
}
