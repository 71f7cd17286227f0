using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>
/// A few rows of X with a few rows of W: all their products at once, with a register of partial sums for each, so that what is loaded is used
/// several times. Numbers of rows come in as types, as those of a <see cref="Tile{T, TVector, TLanes, TRows, TVectors}"/> do.
/// </summary>
internal static unsafe class Products<T, TVector, TLanes, TRows, TColumns>
    where T : unmanaged, INumber<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TRows : ICount
    where TColumns : ICount
{
    /// <summary>C = initial + X · Wᵀ for up to six rows of X and four of W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(T* x, nint xStride, T* w, nint wStride, int length, T* c, nint cStride, T* initial)
    {
        Strip<T, TVector, TLanes, TColumns> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        for (nint k = 0; k < length; k += TLanes.Count)
        {
            Strip<T, TVector, TLanes, TColumns> columns = Strip<T, TVector, TLanes, TColumns>.LoadRows(w + k, wStride);
            T* p = x + k;
            c0 = c0.Plus(TLanes.Load(p), columns);
            c1 = TRows.Value > 1 ? c1.Plus(TLanes.Load(p + xStride), columns) : c1;
            c2 = TRows.Value > 2 ? c2.Plus(TLanes.Load(p + 2 * xStride), columns) : c2;
            c3 = TRows.Value > 3 ? c3.Plus(TLanes.Load(p + 3 * xStride), columns) : c3;
            c4 = TRows.Value > 4 ? c4.Plus(TLanes.Load(p + 4 * xStride), columns) : c4;
            c5 = TRows.Value > 5 ? c5.Plus(TLanes.Load(p + 5 * xStride), columns) : c5;
        }

        c0.StoreSums(c, initial);
        if (TRows.Value > 1)
        {
            c1.StoreSums(c + cStride, initial);
        }

        if (TRows.Value > 2)
        {
            c2.StoreSums(c + 2 * cStride, initial);
        }

        if (TRows.Value > 3)
        {
            c3.StoreSums(c + 3 * cStride, initial);
        }

        if (TRows.Value > 4)
        {
            c4.StoreSums(c + 4 * cStride, initial);
        }

        if (TRows.Value > 5)
        {
            c5.StoreSums(c + 5 * cStride, initial);
        }
    }
}
