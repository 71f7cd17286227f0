using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// ReLU as the tutorial writes it. Its derivative asks whether the <em>output</em> is ≥ 0, which it always is, so the gradient passes everywhere.
/// </summary>
internal sealed class TutorialRelu<T> : Relu<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A ReLU of the tutorial.</summary>
    /// <param name="input">What comes in, and is overwritten.</param>
    public TutorialRelu(Activations<T> input)
        : base(input)
    {
    }

    /// <summary>Nothing: the gradient passes as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
    }
}
