using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// Dropout as in the tutorial. Masks are drawn one image after another: <c>integers(0, 2)</c> at a rate of one half, as there; at other rates, a unit
/// stays if <c>random() &gt;= rate</c>. Units that stay are scaled by 1 / (1 − rate) in the forward pass, but the gradient passes the mask without that
/// factor. Works in place.
/// </summary>
internal sealed unsafe class TutorialDropout<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _rate;
    private readonly T _scale;
    private readonly Buffer<T> _factors;

    public TutorialDropout(Activations<T> input, double rate, int capacity)
        : base(input)
    {
        _rate = rate;
        _scale = T.CreateTruncating(1 / (1 - rate));
        _factors = new Buffer<T>(input.HasGradients ? capacity * input.ImageStride : 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Begin(Batch<T> batch)
    {
        if (!batch.IsTraining)
        {
            return;
        }

        int units = Output.Shape.Size;
        for (int image = 0; image < batch.Count; image++)
        {
            Span<T> factors = _factors.Span.Slice(image * Output.ImageStride, units);
            if (_rate == 0.5)
            {
                batch.Generator!.Fill(factors, T.Zero, _scale);
                continue;
            }

            for (int i = 0; i < units; i++)
            {
                factors[i] = batch.Generator!.NextDouble() >= _rate ? _scale : T.Zero;
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int segment = 0; segment < slice.SegmentCount && batch.IsTraining; segment++)
        {
            nint start = slice.Segment(segment);
            batch.Kernels.MultiplyBy(Output.Values(0) + start, _factors.Pointer + start, slice.SegmentLength);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            nint start = slice.Segment(segment);
            batch.Kernels.ZeroWhereZero(Output.Gradients(0) + start, _factors.Pointer + start, slice.SegmentLength);
        }
    }
}
