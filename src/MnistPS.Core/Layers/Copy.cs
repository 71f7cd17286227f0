using System.Numerics;

namespace MnistPS.Layers;

/// <summary>The same numbers in a place of their own, for a layer that works in place behind one that <see cref="Layer{T}.ReadsOutput"/>.</summary>
internal sealed unsafe class Copy<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Signal<T> _input;

    public Copy(Signal<T> input, int capacity)
        : base(new Signal<T>(input.Shape, capacity, input.HasGradients))
    {
        _input = input;
    }

    /// <inheritdoc/>
    public override bool IsUnitwise => true;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
    {
        for (int run = 0; run < part.RunCount; run++)
        {
            nint start = part.Run(run);
            new Span<T>(_input.Values(0) + start, (int)part.RunLength).CopyTo(new Span<T>(Output.Values(0) + start, (int)part.RunLength));
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in Part part, int slot)
    {
        for (int run = 0; run < part.RunCount; run++)
        {
            nint start = part.Run(run);
            new Span<T>(Output.Gradients(0) + start, (int)part.RunLength).CopyTo(new Span<T>(_input.Gradients(0) + start, (int)part.RunLength));
        }
    }
}
