using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;

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
    public Rectifier(Signal<T> input, double slope, bool derivativeOfOutput)
        : base(input)
    {
        _slope = T.CreateTruncating(slope);
        _derivativeOfOutput = derivativeOfOutput;
    }

    /// <inheritdoc/>
    public override bool IsUnitwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Batch<T> batch, in Part part)
    {
        for (int run = 0; run < part.RunCount; run++)
        {
            batch.Kernels.Rectify(Output.Values(0) + part.Run(run), part.RunLength, _slope);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in Part part, int slot)
    {
        for (int run = 0; run < part.RunCount && !_derivativeOfOutput; run++)
        {
            nint start = part.Run(run);
            batch.Kernels.RectifyBackward(Output.Gradients(0) + start, Output.Values(0) + start, part.RunLength, _slope);
        }
    }
}
