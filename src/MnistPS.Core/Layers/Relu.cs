using System.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>ReLU: y = x where x &gt; 0, else 0. Works in place.</summary>
internal class Relu<T> : LeakyRelu<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates a layer.</summary>
    /// <param name="input">The input, which is overwritten.</param>
    public Relu(Activations<T> input)
        : base(input, negativeSlope: 0)
    {
    }
}
