using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

internal abstract unsafe partial class Kernels<T>
{
    /// <summary>
    /// g += decay · p; m = momentum · m + g; p −= rate · m, or with Nesterov momentum p −= rate · (g + momentum · m).
    /// </summary>
    public abstract void Momentum(T* p, T* g, T* m, nint count, T rate, T momentum, T decay, bool lookAhead);

    /// <summary>
    /// p = shrink · p; g += decay · p; m = β₁ · m + (1 − β₁) · g; v = β₂ · v + (1 − β₂) · g²; p −= rate · m / (√v · unbias + ε), where
    /// rate includes the bias correction of m and unbias is that of √v.
    /// </summary>
    public abstract void Adam(
        T* p, T* g, T* m, T* v, nint count, T rate, T beta1, T beta2, T unbias, T epsilon, T decay, T shrink);
}

internal sealed unsafe partial class Kernels<T, TVector, TLanes>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Momentum(T* p, T* g, T* m, nint count, T rate, T momentum, T decay, bool lookAhead)
    {
        TVector step = TLanes.Broadcast(-rate);
        TVector keep = TLanes.Broadcast(momentum);
        TVector pull = TLanes.Broadcast(decay);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TVector value = TLanes.Load(p + i);
            TVector gradient = TLanes.MultiplyAdd(pull, value, TLanes.Load(g + i));
            TVector velocity = TLanes.MultiplyAdd(keep, TLanes.Load(m + i), gradient);
            TLanes.Store(velocity, m + i);
            TVector direction = lookAhead ? TLanes.MultiplyAdd(keep, velocity, gradient) : velocity;
            TLanes.Store(TLanes.MultiplyAdd(step, direction, value), p + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adam(
        T* p, T* g, T* m, T* v, nint count, T rate, T beta1, T beta2, T unbias, T epsilon, T decay, T shrink)
    {
        TVector step = TLanes.Broadcast(-rate);
        TVector keepMean = TLanes.Broadcast(beta1);
        TVector takeMean = TLanes.Broadcast(T.One - beta1);
        TVector keepSquare = TLanes.Broadcast(beta2);
        TVector takeSquare = TLanes.Broadcast(T.One - beta2);
        TVector correction = TLanes.Broadcast(unbias);
        TVector floor = TLanes.Broadcast(epsilon);
        TVector pull = TLanes.Broadcast(decay);
        TVector shrinkage = TLanes.Broadcast(shrink);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TVector value = TLanes.Multiply(shrinkage, TLanes.Load(p + i));
            TVector gradient = TLanes.MultiplyAdd(pull, value, TLanes.Load(g + i));
            TVector mean = TLanes.MultiplyAdd(keepMean, TLanes.Load(m + i), TLanes.Multiply(takeMean, gradient));
            TVector square = TLanes.MultiplyAdd(keepSquare, TLanes.Load(v + i), TLanes.Multiply(TLanes.Multiply(takeSquare, gradient), gradient));
            TLanes.Store(mean, m + i);
            TLanes.Store(square, v + i);
            TVector divisor = TLanes.MultiplyAdd(TLanes.Sqrt(square), correction, floor);
            TLanes.Store(TLanes.MultiplyAdd(step, TLanes.Divide(mean, divisor), value), p + i);
        }
    }
}
