using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Optimizers;

/// <summary>
/// Plain gradient descent, in place. The backward pass is linear in the loss's gradient, so that is multiplied by −rate, and the layers add gradients to
/// the parameters directly; of the first layer's weights only the rows of nonzero pixels are touched.
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

    /// <summary>Never called: the layers update the parameters.</summary>
    protected override void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count)
        => throw new InvalidOperationException("Plain gradient descent moves the parameters in place.");
}
