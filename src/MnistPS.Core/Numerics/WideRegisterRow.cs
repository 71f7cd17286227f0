using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>One to sixteen registers side by side, as one value: four rows, of which the last ones may be short or empty.</summary>
internal unsafe struct WideRegisterRow<T, TVector, TLanes, TVectors>
    where T : unmanaged
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TVectors : unmanaged, ICount
{
    private RegisterRow<T, TVector, TLanes, TVectors, One> _0;
    private RegisterRow<T, TVector, TLanes, TVectors, Two> _1;
    private RegisterRow<T, TVector, TLanes, TVectors, Three> _2;
    private RegisterRow<T, TVector, TLanes, TVectors, Four> _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideRegisterRow<T, TVector, TLanes, TVectors> Load(T* source)
    {
        WideRegisterRow<T, TVector, TLanes, TVectors> row = default;
        row._0 = RegisterRow<T, TVector, TLanes, TVectors, One>.Load(source);
        row._1 = RegisterRow<T, TVector, TLanes, TVectors, Two>.Load(source + 4 * TLanes.Count);
        row._2 = RegisterRow<T, TVector, TLanes, TVectors, Three>.Load(source + 8 * TLanes.Count);
        row._3 = RegisterRow<T, TVector, TLanes, TVectors, Four>.Load(source + 12 * TLanes.Count);
        return row;
    }

    /// <summary>Adds a factor times values in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T factor, T* other)
    {
        TVector all = TLanes.Broadcast(factor);
        _0.Add(all, other);
        _1.Add(all, other + 4 * TLanes.Count);
        _2.Add(all, other + 8 * TLanes.Count);
        _3.Add(all, other + 12 * TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* target)
    {
        _0.Store(target);
        _1.Store(target + 4 * TLanes.Count);
        _2.Store(target + 8 * TLanes.Count);
        _3.Store(target + 12 * TLanes.Count);
    }
}
