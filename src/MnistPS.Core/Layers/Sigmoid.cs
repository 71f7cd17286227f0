using System.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>The logistic sigmoid: y = 1 / (1 + e⁻ˣ), with the derivative y · (1 − y).</summary>
internal sealed class Sigmoid<T> : SaturatingActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates a layer.</summary>
    /// <param name="input">The input.</param>
    /// <param name="capacity">The most images in a batch.</param>
    public Sigmoid(Activations<T> input, int capacity)
        : base(input, capacity)
    {
    }

    /// <inheritdoc/>
    protected override void Activate(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = T.One / (T.One + T.Exp(-inputs[i]));
        }
    }

    /// <inheritdoc/>
    protected override void Differentiate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> outputGradients, Span<T> inputGradients)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            inputGradients[i] = outputGradients[i] * (outputs[i] * (T.One - outputs[i]));
        }
    }
}
