using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>Leaky ReLU: y = x where x &gt; 0, else slope · x. Works in place.</summary>
internal class LeakyRelu<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _slope;

    /// <summary>Creates a layer.</summary>
    /// <param name="input">The input, which is overwritten.</param>
    /// <param name="negativeSlope">The slope below 0, 0 or more, so that the sign of the output is that of the input.</param>
    public LeakyRelu(Activations<T> input, double negativeSlope)
        : base(input)
    {
        _slope = T.CreateTruncating(negativeSlope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            batch.Kernels.LeakyRelu(Output.Values(0) + slice.Segment(segment), slice.SegmentLength, _slope);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            nint start = slice.Segment(segment);
            batch.Kernels.LeakyReluBackward(Output.Gradients(0) + start, Output.Values(0) + start, slice.SegmentLength, _slope);
        }
    }
}
