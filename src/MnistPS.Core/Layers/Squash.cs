using System.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>tanh or the logistic sigmoid, whose derivatives are simple in their outputs: 1 − y² and y · (1 − y).</summary>
internal sealed unsafe class Squash<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _input;
    private readonly int _pixels;
    private readonly bool _isTanh;

    public Squash(Activations<T> input, bool isTanh, int capacity)
        : base(new Activations<T>(input.Shape, capacity, input.HasGradients))
    {
        _input = input;
        _pixels = input.Shape.Rows * input.Shape.Columns;
        _isTanh = isTanh;
    }

    /// <summary>An exponential counts for about twenty multiplications.</summary>
    public override long Work => 20L * Output.Shape.Size;

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override bool ReadsOutput => true;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        // Channel by channel: the padding must stay 0, and the sigmoid of 0 is not.
        for (int pixel = slice.From * _pixels; pixel < slice.To * _pixels; pixel++)
        {
            Span<T> inputs = Pixel(_input.Values(0), pixel, slice);
            Span<T> outputs = Pixel(Output.Values(0), pixel, slice);
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = _isTanh ? T.Tanh(inputs[i]) : T.One / (T.One + T.Exp(-inputs[i]));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int pixel = slice.From * _pixels; pixel < slice.To * _pixels; pixel++)
        {
            Span<T> outputs = Pixel(Output.Values(0), pixel, slice);
            Span<T> outputGradients = Pixel(Output.Gradients(0), pixel, slice);
            Span<T> inputGradients = Pixel(_input.Gradients(0), pixel, slice);
            for (int i = 0; i < outputs.Length; i++)
            {
                T y = outputs[i];
                inputGradients[i] = outputGradients[i] * (_isTanh ? T.One - y * y : y * (T.One - y));
            }
        }
    }

    /// <summary>The channels of a pixel of the batch, or the part's units; those of one image follow those of the image before.</summary>
    private Span<T> Pixel(T* start, int pixel, in BatchSlice slice)
    {
        Span<T> channels = new(start + (nint)pixel * Output.ChannelStride, Output.Shape.Channels);
        return Output.Shape.IsFlat ? channels[slice.First..Math.Min(slice.End, channels.Length)] : channels;
    }
}
