using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on the units of another layer that learns by plain gradient descent after each single image: on the way back each of its
/// weights is read once, to pass the gradient on, and moves right then.
/// </summary>
internal sealed unsafe class OnlineDense<T> : Dense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Signal<T> _input;
    private readonly int _outputs;

    public OnlineDense(Signal<T> input, int outputs, bool hasBias)
        : base(input, outputs, hasBias, capacity: 1)
    {
        _input = input;
        _outputs = outputs;
    }

    /// <summary>None: gradients go on to them when the weights move.</summary>
    public override Panels<T>? Inputs => null;

    /// <summary>Moves all weights and biases, as a single image is no work to share.</summary>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        int inputs = _input.Shape.Channels;
        batch.Kernels.MultiplyAndAddOuter(
            Output.Gradients(0), _outputs, _input.Values(0), Weights.Values, Buffer<T>.Pad(inputs), inputs, _input.Gradients(0));
    }
}
