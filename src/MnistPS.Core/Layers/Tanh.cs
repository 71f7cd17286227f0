using System.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>The hyperbolic tangent: y = tanh x, with the derivative 1 − y².</summary>
internal sealed class Tanh<T> : SaturatingActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates a layer.</summary>
    /// <param name="input">The input.</param>
    /// <param name="capacity">The most images in a batch.</param>
    public Tanh(Activations<T> input, int capacity)
        : base(input, capacity)
    {
    }

    /// <inheritdoc/>
    protected override void Activate(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = T.Tanh(inputs[i]);
        }
    }

    /// <inheritdoc/>
    protected override void Differentiate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> outputGradients, Span<T> inputGradients)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            inputGradients[i] = outputGradients[i] * (T.One - outputs[i] * outputs[i]);
        }
    }
}
