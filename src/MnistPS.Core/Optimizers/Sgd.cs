using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Optimizers;

/// <summary>
/// Plain gradient descent. Everything on the way back is linear in the loss's gradient, so that is multiplied by −rate, and the layers add
/// what they find to the parameters themselves; of the first layer's weights only the rows of lit pixels are ever touched.
/// </summary>
internal sealed unsafe class Sgd<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Sgd(OptimizerKind kind, IEnumerable<Parameter<T>> parameters)
        : base(kind, parameters, momentCount: 0, isInPlace: true)
    {
    }

    /// <inheritdoc/>
    public override double GradientFactor(double learningRate) => -learningRate;

    /// <summary>Never asked for: the parameters have moved already.</summary>
    protected override void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count)
        => throw new InvalidOperationException("Plain gradient descent moves the parameters in place.");
}
