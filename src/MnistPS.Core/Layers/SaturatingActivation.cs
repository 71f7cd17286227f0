using System.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>An activation that saturates (tanh, sigmoid). Its derivative is computed from its output.</summary>
internal abstract unsafe class SaturatingActivation<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _input;
    private readonly int _pixels;

    /// <summary>Creates a layer.</summary>
    /// <param name="input">The input.</param>
    /// <param name="capacity">The most images in a batch.</param>
    protected SaturatingActivation(Activations<T> input, int capacity)
        : base(new Activations<T>(input.Shape, capacity, input.HasGradients))
    {
        _input = input;
        _pixels = input.Shape.Rows * input.Shape.Columns;
    }

    /// <summary>An exponential costs about twenty multiplications.</summary>
    public override long Work => 20L * Output.Shape.Size;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        // Channel by channel: the padding must stay 0, and the sigmoid of 0 is not.
        for (int pixel = slice.From * _pixels; pixel < slice.To * _pixels; pixel++)
        {
            Activate(Pixel(_input.Values(0), pixel, slice), Pixel(Output.Values(0), pixel, slice));
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int pixel = slice.From * _pixels; pixel < slice.To * _pixels; pixel++)
        {
            Differentiate(Pixel(Output.Values(0), pixel, slice), Pixel(Output.Gradients(0), pixel, slice), Pixel(_input.Gradients(0), pixel, slice));
        }
    }

    /// <summary>Computes outputs from inputs.</summary>
    protected abstract void Activate(ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <summary>Computes the gradients of inputs from the outputs and their gradients.</summary>
    protected abstract void Differentiate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> outputGradients, Span<T> inputGradients);

    /// <summary>The channels of a pixel of the batch, or the slice's units; those of one image follow those of the image before.</summary>
    private Span<T> Pixel(T* start, int pixel, in BatchSlice slice)
    {
        Span<T> channels = new(start + (nint)pixel * Output.ChannelStride, Output.Shape.Channels);
        return Output.Shape.IsFlat ? channels[slice.First..Math.Min(slice.End, channels.Length)] : channels;
    }
}
