using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>Up to four registers side by side, as one value: a row of a tile. The JIT keeps its four fields in registers.</summary>
internal unsafe struct RegisterRow<T, TVector, TLanes, TVectors, TPlace>
    where T : unmanaged
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TVectors : unmanaged, ICount
    where TPlace : unmanaged, ICount
{
    private TVector _0;
    private TVector _1;
    private TVector _2;
    private TVector _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterRow<T, TVector, TLanes, TVectors, TPlace> Load(T* source)
    {
        RegisterRow<T, TVector, TLanes, TVectors, TPlace> row = default;
        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 4)
        {
            row._0 = TLanes.Load(source);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 3)
        {
            row._1 = TLanes.Load(source + TLanes.Count);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 2)
        {
            row._2 = TLanes.Load(source + 2 * TLanes.Count);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 1)
        {
            row._3 = TLanes.Load(source + 3 * TLanes.Count);
        }

        return row;
    }

    /// <summary>This row plus a factor times another row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly RegisterRow<T, TVector, TLanes, TVectors, TPlace> Plus(T factor, in RegisterRow<T, TVector, TLanes, TVectors, TPlace> other)
    {
        TVector all = TLanes.Broadcast(factor);
        RegisterRow<T, TVector, TLanes, TVectors, TPlace> sum = default;
        sum._0 = TLanes.MultiplyAdd(all, other._0, _0);
        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 3)
        {
            sum._1 = TLanes.MultiplyAdd(all, other._1, _1);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 2)
        {
            sum._2 = TLanes.MultiplyAdd(all, other._2, _2);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 1)
        {
            sum._3 = TLanes.MultiplyAdd(all, other._3, _3);
        }

        return sum;
    }

    /// <summary>Adds a broadcast factor times values in memory, which are multiplied as they are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TVector all, T* other)
    {
        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 4)
        {
            TVector sum = _0;
            _0 = TLanes.MultiplyAdd(all, TLanes.Load(other), sum);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 3)
        {
            TVector sum = _1;
            _1 = TLanes.MultiplyAdd(all, TLanes.Load(other + TLanes.Count), sum);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 2)
        {
            TVector sum = _2;
            _2 = TLanes.MultiplyAdd(all, TLanes.Load(other + 2 * TLanes.Count), sum);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 1)
        {
            TVector sum = _3;
            _3 = TLanes.MultiplyAdd(all, TLanes.Load(other + 3 * TLanes.Count), sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* target)
    {
        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 4)
        {
            TLanes.Store(_0, target);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 3)
        {
            TLanes.Store(_1, target + TLanes.Count);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 2)
        {
            TLanes.Store(_2, target + 2 * TLanes.Count);
        }

        if (sizeof(TVectors) > 4 * sizeof(TPlace) - 1)
        {
            TLanes.Store(_3, target + 3 * TLanes.Count);
        }
    }
}
