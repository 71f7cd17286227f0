using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>
/// The GEMM micro-kernel of dense and convolution layers, forward and backward: a tile of C = A · B stays in registers while k runs. Its rows and the
/// registers across it are types, so that the JIT removes the conditions below.
/// </summary>
internal static unsafe class MicroKernel<T, TVector, TLanes, TRows, TVectors>
    where T : unmanaged
    where TVector : struct
    where TLanes : ILanes<T, TVector>
    where TRows : unmanaged, ICount
    where TVectors : unmanaged, ICount
{
    /// <summary>
    /// C = initial + A · B. Element k of row i of A is at <c>Origin + rows[i] + Segments[k / SegmentLength] + (k % SegmentLength) · Step</c>;
    /// row k of B is at <paramref name="b"/> + k · <paramref name="bStride"/>; row i of C at <paramref name="c"/> + i · <paramref name="cStride"/>,
    /// and of its initial value at <paramref name="initial"/> + i · <paramref name="initialStride"/> (a stride of 0 gives each row the same).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Operand<T> a, int* rows, T* b, nint bStride, T* c, nint cStride, T* initial, nint initialStride)
    {
        RegisterRow<T, TVector, TLanes, TVectors, One> c0 = RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial);
        RegisterRow<T, TVector, TLanes, TVectors, One> c1 = sizeof(TRows) > 1 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + initialStride) : default;
        RegisterRow<T, TVector, TLanes, TVectors, One> c2 = sizeof(TRows) > 2 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + 2 * initialStride) : default;
        RegisterRow<T, TVector, TLanes, TVectors, One> c3 = sizeof(TRows) > 3 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + 3 * initialStride) : default;
        RegisterRow<T, TVector, TLanes, TVectors, One> c4 = sizeof(TRows) > 4 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + 4 * initialStride) : default;
        RegisterRow<T, TVector, TLanes, TVectors, One> c5 = sizeof(TRows) > 5 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + 5 * initialStride) : default;
        RegisterRow<T, TVector, TLanes, TVectors, One> c6 = sizeof(TRows) > 6 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + 6 * initialStride) : default;
        RegisterRow<T, TVector, TLanes, TVectors, One> c7 = sizeof(TRows) > 7 ? RegisterRow<T, TVector, TLanes, TVectors, One>.Load(initial + 7 * initialStride) : default;
        nint r0 = rows[0];
        nint r1 = sizeof(TRows) > 1 ? rows[1] : 0;
        nint r2 = sizeof(TRows) > 2 ? rows[2] : 0;
        nint r3 = sizeof(TRows) > 3 ? rows[3] : 0;
        nint r4 = sizeof(TRows) > 4 ? rows[4] : 0;
        nint r5 = sizeof(TRows) > 5 ? rows[5] : 0;
        nint r6 = sizeof(TRows) > 6 ? rows[6] : 0;
        nint r7 = sizeof(TRows) > 7 ? rows[7] : 0;
        nint step = a.Step;
        for (int s = 0; s < a.SegmentCount; s++)
        {
            T* p = a.Origin + a.Segments[s];
            for (int k = a.SegmentLength; k > 0; k--)
            {
                RegisterRow<T, TVector, TLanes, TVectors, One> row = RegisterRow<T, TVector, TLanes, TVectors, One>.Load(b);
                c0 = c0.Plus(p[r0], row);
                c1 = sizeof(TRows) > 1 ? c1.Plus(p[r1], row) : c1;
                c2 = sizeof(TRows) > 2 ? c2.Plus(p[r2], row) : c2;
                c3 = sizeof(TRows) > 3 ? c3.Plus(p[r3], row) : c3;
                c4 = sizeof(TRows) > 4 ? c4.Plus(p[r4], row) : c4;
                c5 = sizeof(TRows) > 5 ? c5.Plus(p[r5], row) : c5;
                c6 = sizeof(TRows) > 6 ? c6.Plus(p[r6], row) : c6;
                c7 = sizeof(TRows) > 7 ? c7.Plus(p[r7], row) : c7;
                p += step;
                b += bStride;
            }
        }

        c0.Store(c);
        if (sizeof(TRows) > 1)
        {
            c1.Store(c + cStride);
        }

        if (sizeof(TRows) > 2)
        {
            c2.Store(c + 2 * cStride);
        }

        if (sizeof(TRows) > 3)
        {
            c3.Store(c + 3 * cStride);
        }

        if (sizeof(TRows) > 4)
        {
            c4.Store(c + 4 * cStride);
        }

        if (sizeof(TRows) > 5)
        {
            c5.Store(c + 5 * cStride);
        }

        if (sizeof(TRows) > 6)
        {
            c6.Store(c + 6 * cStride);
        }

        if (sizeof(TRows) > 7)
        {
            c7.Store(c + 7 * cStride);
        }
    }
}
