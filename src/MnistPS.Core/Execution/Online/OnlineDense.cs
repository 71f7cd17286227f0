using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A dense layer on the units of another layer that learns by plain gradient descent after each single image: on the way back each of its
/// weights is read once, to pass the gradient on, and moves right then.
/// </summary>
internal sealed unsafe class OnlineDense<T> : Dense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public OnlineDense(Activations<T> input, int outputs, bool hasBias)
        : base(input, outputs, hasBias, capacity: 1)
    {
    }

    /// <summary>None: gradients go on to them when the weights move.</summary>
    public override Panels<T>? Inputs => null;

    /// <summary>Moves all weights and biases: a single image is no work to share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        Debug.Assert(batch.Count == 1 && from == 0 && to == Units.PieceCount, "An input's gradient is the sum over all units.");
        AccumulateBias(batch, from, to);
        batch.Kernels.MultiplyAndAddOuter(
            Output.Gradients(0), Outputs, Input.Values(0), Weights.Values, Stride, Input.Shape.Channels, Input.Gradients(0));
    }
}
