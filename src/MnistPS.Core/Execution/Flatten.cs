using System.Numerics;
using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>Flattens an image to a row of units, channel by channel, each row-major: the order in which a dense layer's weights are stored.</summary>
internal sealed unsafe class Flatten<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _input;
    private readonly int _pixels;
    private readonly int _channels;

    public Flatten(Activations<T> input, int capacity)
        : base(new Activations<T>(Shape.Units(input.Shape.Size), capacity, input.HasGradients))
    {
        _input = input;
        _pixels = input.Shape.Rows * input.Shape.Columns;
        _channels = input.Shape.Channels;
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            T* source = _input.Values(image);
            T* target = Output.Values(image);
            nint stride = _input.ChannelStride;
            for (int channel = 0; channel < _channels; channel++)
            {
                for (int pixel = 0; pixel < _pixels; pixel++)
                {
                    *target++ = source[pixel * stride + channel];
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            T* source = Output.Gradients(image);
            T* target = _input.Gradients(image);
            nint stride = _input.ChannelStride;
            for (int channel = 0; channel < _channels; channel++)
            {
                for (int pixel = 0; pixel < _pixels; pixel++)
                {
                    target[pixel * stride + channel] = *source++;
                }
            }
        }
    }
}
