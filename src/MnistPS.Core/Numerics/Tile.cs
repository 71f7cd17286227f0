using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>
/// The heart of dense and convolution layers, forward and backward: a tile of C = A · B that stays in registers while k runs.
/// Its rows and the registers across it come in as types, so that the conditions below are gone once the JIT has compiled it.
/// </summary>
internal static unsafe class Tile<T, TVector, TLanes, TRows, TVectors>
    where T : unmanaged
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TRows : ICount
    where TVectors : ICount
{
    /// <summary>
    /// C = initial + A · B. Number k of row i of A is at <c>Origin + rows[i] + Segments[k / SegmentLength] + (k % SegmentLength) · Step</c>;
    /// row k of B is at <paramref name="b"/> + k · <paramref name="bStride"/>; row i of C at <paramref name="c"/> + i · <paramref name="cStride"/>,
    /// and of its initial value at <paramref name="initial"/> + i · <paramref name="initialStride"/> (a stride of 0 gives each row the same).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Operand<T> a, int* rows, T* b, nint bStride, T* c, nint cStride, T* initial, nint initialStride)
    {
        Strip<T, TVector, TLanes, TVectors> c0 = Strip<T, TVector, TLanes, TVectors>.Load(initial);
        Strip<T, TVector, TLanes, TVectors> c1 = TRows.Value > 1 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + initialStride) : default;
        Strip<T, TVector, TLanes, TVectors> c2 = TRows.Value > 2 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + 2 * initialStride) : default;
        Strip<T, TVector, TLanes, TVectors> c3 = TRows.Value > 3 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + 3 * initialStride) : default;
        Strip<T, TVector, TLanes, TVectors> c4 = TRows.Value > 4 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + 4 * initialStride) : default;
        Strip<T, TVector, TLanes, TVectors> c5 = TRows.Value > 5 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + 5 * initialStride) : default;
        Strip<T, TVector, TLanes, TVectors> c6 = TRows.Value > 6 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + 6 * initialStride) : default;
        Strip<T, TVector, TLanes, TVectors> c7 = TRows.Value > 7 ? Strip<T, TVector, TLanes, TVectors>.Load(initial + 7 * initialStride) : default;
        nint r0 = rows[0];
        nint r1 = TRows.Value > 1 ? rows[1] : 0;
        nint r2 = TRows.Value > 2 ? rows[2] : 0;
        nint r3 = TRows.Value > 3 ? rows[3] : 0;
        nint r4 = TRows.Value > 4 ? rows[4] : 0;
        nint r5 = TRows.Value > 5 ? rows[5] : 0;
        nint r6 = TRows.Value > 6 ? rows[6] : 0;
        nint r7 = TRows.Value > 7 ? rows[7] : 0;
        nint step = a.Step;
        for (int s = 0; s < a.SegmentCount; s++)
        {
            T* p = a.Origin + a.Segments[s];
            for (int k = a.SegmentLength; k > 0; k--)
            {
                Strip<T, TVector, TLanes, TVectors> row = Strip<T, TVector, TLanes, TVectors>.Load(b);
                c0 = c0.Plus(p[r0], row);
                c1 = TRows.Value > 1 ? c1.Plus(p[r1], row) : c1;
                c2 = TRows.Value > 2 ? c2.Plus(p[r2], row) : c2;
                c3 = TRows.Value > 3 ? c3.Plus(p[r3], row) : c3;
                c4 = TRows.Value > 4 ? c4.Plus(p[r4], row) : c4;
                c5 = TRows.Value > 5 ? c5.Plus(p[r5], row) : c5;
                c6 = TRows.Value > 6 ? c6.Plus(p[r6], row) : c6;
                c7 = TRows.Value > 7 ? c7.Plus(p[r7], row) : c7;
                p += step;
                b += bStride;
            }
        }

        c0.Store(c);
        if (TRows.Value > 1)
        {
            c1.Store(c + cStride);
        }

        if (TRows.Value > 2)
        {
            c2.Store(c + 2 * cStride);
        }

        if (TRows.Value > 3)
        {
            c3.Store(c + 3 * cStride);
        }

        if (TRows.Value > 4)
        {
            c4.Store(c + 4 * cStride);
        }

        if (TRows.Value > 5)
        {
            c5.Store(c + 5 * cStride);
        }

        if (TRows.Value > 6)
        {
            c6.Store(c + 6 * cStride);
        }

        if (TRows.Value > 7)
        {
            c7.Store(c + 7 * cStride);
        }
    }
}
