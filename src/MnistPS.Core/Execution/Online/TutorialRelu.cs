using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// ReLU as in the tutorial. Its derivative tests whether the <em>output</em> is ≥ 0, which it always is, so the gradient passes everywhere.
/// </summary>
internal sealed class TutorialRelu<T> : Relu<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates a layer.</summary>
    /// <param name="input">The input, which is overwritten.</param>
    public TutorialRelu(Activations<T> input)
        : base(input)
    {
    }

    /// <summary>Does nothing: the gradient passes unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
    }
}
