using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>One to four registers side by side, as one value: a row of a tile. The JIT keeps its four fields in registers.</summary>
internal unsafe struct Strip<T, TVector, TLanes, TVectors>
    where T : unmanaged, INumber<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TVectors : ICount
{
    private TVector _0;
    private TVector _1;
    private TVector _2;
    private TVector _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip<T, TVector, TLanes, TVectors> Load(T* source)
    {
        Strip<T, TVector, TLanes, TVectors> strip = default;
        strip._0 = TLanes.Load(source);
        if (TVectors.Value > 1)
        {
            strip._1 = TLanes.Load(source + TLanes.Count);
        }

        if (TVectors.Value > 2)
        {
            strip._2 = TLanes.Load(source + 2 * TLanes.Count);
        }

        if (TVectors.Value > 3)
        {
            strip._3 = TLanes.Load(source + 3 * TLanes.Count);
        }

        return strip;
    }

    /// <summary>A register from each of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip<T, TVector, TLanes, TVectors> LoadRows(T* source, nint stride)
    {
        Strip<T, TVector, TLanes, TVectors> strip = default;
        strip._0 = TLanes.Load(source);
        if (TVectors.Value > 1)
        {
            strip._1 = TLanes.Load(source + stride);
        }

        if (TVectors.Value > 2)
        {
            strip._2 = TLanes.Load(source + 2 * stride);
        }

        if (TVectors.Value > 3)
        {
            strip._3 = TLanes.Load(source + 3 * stride);
        }

        return strip;
    }

    /// <summary>This strip plus a number times another strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Strip<T, TVector, TLanes, TVectors> Plus(T factor, in Strip<T, TVector, TLanes, TVectors> other)
        => Plus(TLanes.Broadcast(factor), other);

    /// <summary>This strip plus a register times each register of another strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Strip<T, TVector, TLanes, TVectors> Plus(TVector all, in Strip<T, TVector, TLanes, TVectors> other)
    {
        Strip<T, TVector, TLanes, TVectors> sum = default;
        sum._0 = TLanes.MultiplyAdd(all, other._0, _0);
        if (TVectors.Value > 1)
        {
            sum._1 = TLanes.MultiplyAdd(all, other._1, _1);
        }

        if (TVectors.Value > 2)
        {
            sum._2 = TLanes.MultiplyAdd(all, other._2, _2);
        }

        if (TVectors.Value > 3)
        {
            sum._3 = TLanes.MultiplyAdd(all, other._3, _3);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* target)
    {
        TLanes.Store(_0, target);
        if (TVectors.Value > 1)
        {
            TLanes.Store(_1, target + TLanes.Count);
        }

        if (TVectors.Value > 2)
        {
            TLanes.Store(_2, target + 2 * TLanes.Count);
        }

        if (TVectors.Value > 3)
        {
            TLanes.Store(_3, target + 3 * TLanes.Count);
        }
    }

    /// <summary>The sum of each register plus what it starts from, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreSums(T* target, T* initial)
    {
        target[0] = Sum(_0, initial, 0);
        if (TVectors.Value > 1)
        {
            target[1] = Sum(_1, initial, 1);
        }

        if (TVectors.Value > 2)
        {
            target[2] = Sum(_2, initial, 2);
        }

        if (TVectors.Value > 3)
        {
            target[3] = Sum(_3, initial, 3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sum(TVector vector, T* initial, int i) => initial == null ? TLanes.Sum(vector) : initial[i] + TLanes.Sum(vector);
}
