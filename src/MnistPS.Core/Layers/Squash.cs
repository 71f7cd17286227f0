using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>tanh or the logistic sigmoid, whose derivatives are simple in their outputs: 1 − y² and y · (1 − y). Works in place.</summary>
internal sealed unsafe class Squash<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _isTanh;

    public Squash(Signal<T> input, bool isTanh)
        : base(input)
    {
        _isTanh = isTanh;
    }

    /// <summary>An exponential counts for about twenty multiplications.</summary>
    public override long Work => 20L * Output.Shape.Size;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, int from, int to)
    {
        foreach (ref T value in Run(Output.Values(from), to - from))
        {
            value = _isTanh ? T.Tanh(value) : T.One / (T.One + T.Exp(-value));
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, int from, int to, int slot)
    {
        Span<T> outputs = Run(Output.Values(from), to - from);
        Span<T> gradients = Run(Output.Gradients(from), to - from);
        for (int i = 0; i < outputs.Length; i++)
        {
            T y = outputs[i];
            gradients[i] *= _isTanh ? T.One - y * y : y * (T.One - y);
        }
    }

    private Span<T> Run(T* start, int images) => new(start, images * Output.ImageStride);
}
