using System.Numerics;
using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>A copy of the activations, for an in-place layer after one whose backward pass reads its output.</summary>
internal sealed unsafe class Copy<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _input;

    public Copy(Activations<T> input, int capacity)
        : base(new Activations<T>(input.Shape, capacity, input.HasGradients))
    {
        _input = input;
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            nint start = slice.Segment(segment);
            new Span<T>(_input.Values(0) + start, (int)slice.SegmentLength).CopyTo(new Span<T>(Output.Values(0) + start, (int)slice.SegmentLength));
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            nint start = slice.Segment(segment);
            new Span<T>(Output.Gradients(0) + start, (int)slice.SegmentLength).CopyTo(new Span<T>(_input.Gradients(0) + start, (int)slice.SegmentLength));
        }
    }
}
