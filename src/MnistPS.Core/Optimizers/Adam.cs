using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Optimizers;

/// <summary>
/// Adam with bias correction, as in PyTorch (Kingma and Ba, arXiv:1412.6980), or AdamW, whose weight decay is decoupled from the gradient (Loshchilov and
/// Hutter, arXiv:1711.05101).
/// </summary>
internal sealed unsafe class Adam<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double _weightDecay;
    private readonly bool _isDecoupled;
    private T _rate;
    private T _unbias;
    private T _shrink;

    public Adam(OptimizerKind kind, IEnumerable<Parameter<T>> parameters, double weightDecay, bool isDecoupled)
        : base(kind, parameters, momentCount: 2)
    {
        _weightDecay = weightDecay;
        _isDecoupled = isDecoupled;
    }

    /// <inheritdoc/>
    public override void Begin(double learningRate)
    {
        base.Begin(learningRate);
        _rate = T.CreateTruncating(learningRate / (1 - Math.Pow(Beta1, StepCount)));
        _unbias = T.CreateTruncating(1 / Math.Sqrt(1 - Math.Pow(Beta2, StepCount)));
        _shrink = T.CreateTruncating(_isDecoupled ? 1 - learningRate * _weightDecay : 1);
    }

    /// <inheritdoc/>
    protected override void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count)
        => Kernels.Adam(
            values + start, gradients + start, moments[0].Pointer + start, moments[1].Pointer + start, count,
            _rate, T.CreateTruncating(Beta1), T.CreateTruncating(Beta2), _unbias, T.CreateTruncating(Epsilon),
            T.CreateTruncating(_isDecoupled ? 0 : _weightDecay), _shrink);
}
