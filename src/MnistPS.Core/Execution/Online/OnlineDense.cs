using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A dense layer on the units of another layer, trained by plain gradient descent after each single image: the backward pass reads each weight once, to
/// pass the gradient on and to update it.
/// </summary>
internal sealed unsafe class OnlineDense<T> : Dense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public OnlineDense(Activations<T> input, int outputs, bool hasBias)
        : base(input, outputs, hasBias, capacity: 1)
    {
    }

    /// <summary>Null: the gradient is passed on when the weights are updated.</summary>
    public override Panels<T>? Inputs => null;

    /// <summary>Updates all weights and biases; a single image is too little work to share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        Debug.Assert(batch.Count == 1 && from == 0 && to == Units.PieceCount, "An input's gradient is the sum over all units.");
        AccumulateBias(batch, from, to);
        batch.Kernels.MultiplyAndAddOuter(
            Output.Gradients(0), Outputs, Input.Values(0), Weights.Values, Stride, Input.Shape.Channels, Input.Gradients(0));
    }
}
