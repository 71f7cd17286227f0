using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Optimizers;

/// <summary>Gradient descent with momentum, as PyTorch's SGD: m = μ · m + g, without dampening. Source: Sutskever et al., ICML 2013.</summary>
internal sealed unsafe class Momentum<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _momentum;
    private readonly double _weightDecay;
    private readonly bool _lookAhead;

    public Momentum(OptimizerKind kind, IEnumerable<Parameter<T>> parameters, double momentum, double weightDecay, bool lookAhead)
        : base(kind, parameters, momentCount: 1)
    {
        _momentum = momentum;
        _weightDecay = weightDecay;
        _lookAhead = lookAhead;
    }

    /// <inheritdoc/>
    protected override void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count)
        => Kernels.Momentum(
            values + start, gradients + start, moments[0].Pointer + start, count,
            T.CreateTruncating(LearningRate), T.CreateTruncating(_momentum), T.CreateTruncating(_weightDecay), _lookAhead);
}
