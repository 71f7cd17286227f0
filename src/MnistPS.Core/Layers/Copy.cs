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
    public override void Forward(Batch<T> batch, int from, int to)
        => Run(_input.Values(from), to - from).CopyTo(Run(Output.Values(from), to - from));

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, int from, int to, int slot)
        => Run(Output.Gradients(from), to - from).CopyTo(Run(_input.Gradients(from), to - from));

    private Span<T> Run(T* start, int images) => new(start, images * Output.ImageStride);
}
