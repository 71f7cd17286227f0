using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>One to sixteen registers side by side, as one value: four strips, of which the last ones may be short or empty.</summary>
internal unsafe struct WideStrip<T, TVector, TLanes, TVectors>
    where T : unmanaged
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TVectors : ICount
{
    private Strip<T, TVector, TLanes, Quarter<One>> _0;
    private Strip<T, TVector, TLanes, Quarter<Two>> _1;
    private Strip<T, TVector, TLanes, Quarter<Three>> _2;
    private Strip<T, TVector, TLanes, Quarter<Four>> _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideStrip<T, TVector, TLanes, TVectors> Load(T* source)
    {
        WideStrip<T, TVector, TLanes, TVectors> strip = default;
        strip._0 = Strip<T, TVector, TLanes, Quarter<One>>.Load(source);
        strip._1 = Strip<T, TVector, TLanes, Quarter<Two>>.Load(source + 4 * TLanes.Count);
        strip._2 = Strip<T, TVector, TLanes, Quarter<Three>>.Load(source + 8 * TLanes.Count);
        strip._3 = Strip<T, TVector, TLanes, Quarter<Four>>.Load(source + 12 * TLanes.Count);
        return strip;
    }

    /// <summary>Adds a number times numbers in memory.</summary>
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

    /// <summary>What falls to one of the four strips.</summary>
    private readonly struct Quarter<TPlace> : ICount
        where TPlace : ICount
    {
        public static int Value
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => TVectors.Value >= 4 * TPlace.Value ? 4
                : TVectors.Value <= 4 * TPlace.Value - 4 ? 0
                : TVectors.Value - 4 * TPlace.Value + 4;
        }
    }
}
