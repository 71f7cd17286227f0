using System.Numerics;

namespace MnistPS.Layers;

/// <summary>tanh or the logistic sigmoid, whose derivatives are simple in their outputs: 1 − y² and y · (1 − y).</summary>
internal sealed unsafe class Squash<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Signal<T> _input;
    private readonly int _pixels;
    private readonly bool _isTanh;

    public Squash(Signal<T> input, bool isTanh, int capacity)
        : base(new Signal<T>(input.Shape, capacity, input.HasGradients))
    {
        _input = input;
        _pixels = input.Shape.Rows * input.Shape.Columns;
        _isTanh = isTanh;
    }

    /// <summary>An exponential counts for about twenty multiplications.</summary>
    public override long Work => 20L * Output.Shape.Size;

    /// <inheritdoc/>
    public override bool IsUnitwise => true;

    /// <inheritdoc/>
    public override bool ReadsOutput => true;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
    {
        // Channel by channel: the padding must stay 0, and the sigmoid of 0 is not.
        for (int pixel = part.From * _pixels; pixel < part.To * _pixels; pixel++)
        {
            Span<T> inputs = Pixel(_input.Values(0), pixel, part);
            Span<T> outputs = Pixel(Output.Values(0), pixel, part);
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = _isTanh ? T.Tanh(inputs[i]) : T.One / (T.One + T.Exp(-inputs[i]));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in Part part, int slot)
    {
        for (int pixel = part.From * _pixels; pixel < part.To * _pixels; pixel++)
        {
            Span<T> outputs = Pixel(Output.Values(0), pixel, part);
            Span<T> outputGradients = Pixel(Output.Gradients(0), pixel, part);
            Span<T> inputGradients = Pixel(_input.Gradients(0), pixel, part);
            for (int i = 0; i < outputs.Length; i++)
            {
                T y = outputs[i];
                inputGradients[i] = outputGradients[i] * (_isTanh ? T.One - y * y : y * (T.One - y));
            }
        }
    }

    /// <summary>The channels of a pixel of the batch, or the part's units; those of one image follow those of the image before.</summary>
    private Span<T> Pixel(T* start, int pixel, in Part part)
    {
        Span<T> channels = new(start + (nint)pixel * Output.ChannelStride, Output.Shape.Channels);
        return Output.Shape.IsFlat ? channels[part.First..Math.Min(part.End, channels.Length)] : channels;
    }
}
