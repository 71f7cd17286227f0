using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>ReLU (slope 0) or leaky ReLU: y = x where x &gt; 0, else slope · x. Works in place.</summary>
internal sealed unsafe class Rectifier<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _slope;
    private readonly bool _derivativeOfOutput;

    /// <summary>A rectifier behind a signal.</summary>
    /// <param name="input">What it rectifies.</param>
    /// <param name="slope">The slope below 0.</param>
    /// <param name="derivativeOfOutput">
    /// The document's quirk: it asks whether the <em>output</em> is ≥ 0, which it always is, so the gradient passes everywhere.
    /// </param>
    public Rectifier(Activations<T> input, double slope, bool derivativeOfOutput)
        : base(input)
    {
        _slope = T.CreateTruncating(slope);
        _derivativeOfOutput = derivativeOfOutput;
    }

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            batch.Kernels.LeakyRelu(Output.Values(0) + slice.Segment(segment), slice.SegmentLength, _slope);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int segment = 0; segment < slice.SegmentCount && !_derivativeOfOutput; segment++)
        {
            nint start = slice.Segment(segment);
            batch.Kernels.LeakyReluBackward(Output.Gradients(0) + start, Output.Values(0) + start, slice.SegmentLength, _slope);
        }
    }
}
