using System.Numerics;
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
    public override void Forward(Batch<T> batch, int from, int to)
        => batch.Kernels.Rectify(Output.Values(from), (nint)(to - from) * Output.ImageStride, _slope);

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, int from, int to, int slot)
    {
        if (!_derivativeOfOutput)
        {
            batch.Kernels.RectifyBackward(
                Output.Gradients(from), Output.Values(from), (nint)(to - from) * Output.ImageStride, _slope);
        }
    }
}
