using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistPS.Numerics;

internal abstract unsafe partial class Kernels<T>
{
    /// <summary>Values across a panel of a dense product: the widest tile in registers of 64 bytes.</summary>
    public static int WidestTile => 4 * Buffer<T>.Pad(1);

    /// <summary>Values across a panel of a sparse product.</summary>
    public abstract int WidestSparsePanel { get; }

    /// <summary>C = initial + A · B, with A (rows × k) read as its operand says, B (k × columns) and C (rows × columns) row-major.</summary>
    /// <param name="a">A.</param>
    /// <param name="rowCount">Rows of A and C.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> values apart.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> values apart; it may be the initial value too.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="initial">What the products are added to: one row for all (a bias; stride 0), or as many as C has, or null for 0.</param>
    /// <param name="initialStride">Distance of the initial rows.</param>
    public abstract void Multiply(
        in Operand<T> a, int rowCount, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride);

    /// <summary>C = initial + A · B for rows <paramref name="from"/> up to <paramref name="to"/> of a sparse A.</summary>
    /// <param name="a">A.</param>
    /// <param name="from">The row of A that gives the first row of C.</param>
    /// <param name="to">The row of A after the last.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> values apart; they may overlap.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> values apart; it may be the initial value too, and then they may overlap.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="initial">What the products are added to: one row for all (stride 0), or as many as C has, or null for 0.</param>
    /// <param name="initialStride">Distance of the initial rows.</param>
    public abstract void Multiply(
        CsrMatrix<T> a, int from, int to, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride);

    /// <summary>B += Aᵀ · C for columns <paramref name="from"/> up to <paramref name="to"/> of A.</summary>
    /// <param name="a">A.</param>
    /// <param name="table">The values that the bytes of A index; index 0 must hold 0.</param>
    /// <param name="rowCount">Rows of A and C.</param>
    /// <param name="from">The column of A that gives the first row of B.</param>
    /// <param name="to">The column of A after the last.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> values apart.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> values apart.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    public abstract void AddTransposed(
        ColumnMajorBytes a, T* table, int rowCount, int from, int to, T* c, nint cStride, int columns, T* b, nint bStride);

    /// <summary>B += Aᵀ · C, then Y = X · B, with one pass of B through the caches.</summary>
    /// <param name="a">A, with as many columns as B has rows.</param>
    /// <param name="table">The values that the bytes of A index; index 0 must hold 0.</param>
    /// <param name="aRowCount">Rows of A and C.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> values apart.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="x">X.</param>
    /// <param name="xRowCount">Rows of X and Y, few.</param>
    /// <param name="y">Y, whose rows are <paramref name="yStride"/> values apart.</param>
    /// <param name="yStride">Distance of Y's rows.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> values apart.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    /// <param name="columns">Columns of B, C and Y.</param>
    public abstract void AddTransposedAndMultiply(
        ColumnMajorBytes a, T* table, int aRowCount, T* c, nint cStride, CsrMatrix<T> x, int xRowCount, T* y, nint yStride,
        T* b, nint bStride, int columns);

    /// <summary>y = c · W, then W += cᵀ · x, with one pass of W through the registers: a layer's backward pass for a single image.</summary>
    /// <param name="c">A value for each row of W.</param>
    /// <param name="rowCount">Rows of W.</param>
    /// <param name="x">A value for each column of W.</param>
    /// <param name="w">W, whose rows are <paramref name="wStride"/> values apart.</param>
    /// <param name="wStride">Distance of W's rows.</param>
    /// <param name="columns">Columns of W.</param>
    /// <param name="y">A value for each column of W.</param>
    public abstract void MultiplyAndAddOuter(T* c, int rowCount, T* x, T* w, nint wStride, int columns, T* y);

    /// <summary>y[r] = initial[r] + row r of W · x: a matrix-vector product.</summary>
    public abstract void Dots(T* x, T* w, nint wStride, int rowCount, int columns, T* y, T* initial);

    /// <summary>y = initial + Σ x[r] · row r of W: a vector-matrix product.</summary>
    public abstract void Combine(T* x, T* w, nint wStride, int rowCount, int columns, T* y, T* initial);

    /// <summary>sum += the rows of X, which are <paramref name="stride"/> values apart.</summary>
    public abstract void AddRows(T* x, nint stride, int rowCount, int columns, T* sum);
}

internal sealed unsafe partial class Kernels<T, TVector, TLanes>
{
    /// <summary>Registers across the widest tile.</summary>
    private const int Widest = 4;

    // By the width of a panel in registers, from 1.
    private static readonly delegate*<in Operand<T>, int, T*, nint, T*, nint, T*, nint, void>[] _panels =
    [
        &MultiplyPanel<One>, &MultiplyPanel<Two>, &MultiplyPanel<Three>, &MultiplyPanel<Four>,
    ];

    private static readonly delegate*<ColumnMajorBytes, T*, int, int, int, T*, nint, T*, nint, void>[] _transposedPanels =
    [
        &AddTransposedPanel<One>, &AddTransposedPanel<Two>, &AddTransposedPanel<Three>, &AddTransposedPanel<Four>,
        &AddTransposedPanel<Five>, &AddTransposedPanel<Six>, &AddTransposedPanel<Seven>, &AddTransposedPanel<Eight>,
        &AddTransposedPanel<Nine>, &AddTransposedPanel<Ten>, &AddTransposedPanel<Eleven>, &AddTransposedPanel<Twelve>,
        &AddTransposedPanel<Thirteen>, &AddTransposedPanel<Fourteen>, &AddTransposedPanel<Fifteen>, &AddTransposedPanel<Sixteen>,
    ];

    // The backward pass of a single image, by width in registers.
    private static readonly delegate*<T*, int, T*, T*, nint, T*, void>[] _outerPanels =
    [
        &MultiplyAndAddOuterPanel<One>, &MultiplyAndAddOuterPanel<Two>, &MultiplyAndAddOuterPanel<Three>, &MultiplyAndAddOuterPanel<Four>,
    ];

    // Products of sparse rows with a chunk of a panel of B, by width in registers.
    private static readonly delegate*<CsrMatrix<T>, int, int, int, int*, T*, nint, T*, nint, T*, nint, void>[] _sparseChunks =
    [
        &MultiplyChunk<One>, &MultiplyChunk<Two>, &MultiplyChunk<Three>, &MultiplyChunk<Four>,
        &MultiplyChunk<Five>, &MultiplyChunk<Six>, &MultiplyChunk<Seven>, &MultiplyChunk<Eight>,
        &MultiplyChunk<Nine>, &MultiplyChunk<Ten>, &MultiplyChunk<Eleven>, &MultiplyChunk<Twelve>,
        &MultiplyChunk<Thirteen>, &MultiplyChunk<Fourteen>, &MultiplyChunk<Fifteen>, &MultiplyChunk<Sixteen>,
    ];

    private static readonly delegate*<T*, T*, nint, int, T*, T*, void>[] _combinations =
    [
        &CombinePanel<One>, &CombinePanel<Two>, &CombinePanel<Three>, &CombinePanel<Four>,
        &CombinePanel<Five>, &CombinePanel<Six>, &CombinePanel<Seven>, &CombinePanel<Eight>,
        &CombinePanel<Nine>, &CombinePanel<Ten>, &CombinePanel<Eleven>, &CombinePanel<Twelve>,
        &CombinePanel<Thirteen>, &CombinePanel<Fourteen>, &CombinePanel<Fifteen>, &CombinePanel<Sixteen>,
    ];

    /// <summary>A row of zeros as wide as the widest panel.</summary>
    private readonly Buffer<T> _zeros = new(_sparseChunks.Length * TLanes.Count);

    /// <summary>Sparse rows that are multiplied chunk by chunk before the next group.</summary>
    private const int RowGroup = 256;

    /// <summary>Bytes of B that stay in the L1 cache, 32 to 48 KB on current processors, with room for the rest.</summary>
    private const int CacheBytes = 40 * 1024;

    /// <summary>
    /// Bytes of B that are updated and then multiplied at once. Reading them partly from L2 costs less than restarting each row as often as L1 would
    /// require.
    /// </summary>
    private const int MovedBytes = 72 * 1024;

    /// <summary>
    /// Registers across a panel of a sparse product, whose sums stay there: as many as there are kernels for, with one register left for the factor and
    /// one to spare.
    /// </summary>
    private static int WidestSparse => Math.Min(_sparseChunks.Length, TLanes.Registers - 2);

    public override int WidestSparsePanel => Math.Max(WidestSparse * TLanes.Count, Buffer<T>.Pad(1));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(
        in Operand<T> a, int rowCount, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride)
    {
        if (rowCount == 0)
        {
            return;
        }

        // With only sixteen registers, a tile is half as wide.
        int widest = TLanes.Registers >= 32 ? Widest : Widest / 2;
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += widest)
        {
            nint column = vector * TLanes.Count;
            T* start = initial == null ? _zeros.Pointer : initial + column;
            nint startStride = initial == null ? 0 : initialStride;
            _panels[Math.Min(widest, vectors - vector) - 1](a, rowCount, b + column, bStride, c + column, cStride, start, startStride);
        }
    }

    /// <summary>One panel of C, as wide as a tile, in tiles of about the same height.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPanel<TVectors>(
        in Operand<T> a, int rowCount, T* b, nint bStride, T* c, nint cStride, T* initial, nint initialStride)
        where TVectors : unmanaged, ICount
    {
        int highest = sizeof(TVectors) == 4 || (TLanes.Registers < 32 && sizeof(TVectors) == 2) ? 6 : 8;
        int tiles = (rowCount + highest - 1) / highest;
        for (int tile = 0, row = 0; tile < tiles; tile++)
        {
            int height = (rowCount - row + tiles - tile - 1) / (tiles - tile);
            int* rows = a.Rows + row;
            T* target = c + row * cStride;
            T* start = initial + row * initialStride;
            Tiles<TVectors>.ByHeight[height - 1](a, rows, b, bStride, target, cStride, start, initialStride);
            row += height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(
        CsrMatrix<T> a, int from, int to, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride)
    {
        // The entry of each row of A at which the next chunk of B begins.
        int* next = stackalloc int[RowGroup];
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += WidestSparse)
        {
            int width = Math.Min(WidestSparse, vectors - vector);
            nint column = vector * TLanes.Count;
            T* start = initial == null ? _zeros.Pointer : initial + column;
            nint startStride = initial == null ? 0 : initialStride;

            // A chunk of B's rows that fits into L1 is multiplied by a group of A's rows. Rows of B may overlap.
            int chunk = CacheBytes / ((int)Math.Min(width * TLanes.Count, bStride) * sizeof(T));
            for (int group = from; group < to; group += RowGroup)
            {
                int end = Math.Min(to, group + RowGroup);
                new Span<int>(next, end - group).Clear();
                T* target = c + (group - from) * cStride + column;
                T* source = start + (group - from) * startStride;
                for (int first = a.FirstColumn; first < a.ColumnCount; first += chunk)
                {
                    bool isBegun = first > a.FirstColumn;
                    _sparseChunks[width - 1](
                        a, group, end, first + chunk, next, b + column, bStride, target, cStride,
                        isBegun ? target : source, isBegun ? cStride : startStride);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddTransposedAndMultiply(
        ColumnMajorBytes a, T* table, int aRowCount, T* c, nint cStride, CsrMatrix<T> x, int xRowCount, T* y, nint yStride,
        T* b, nint bStride, int columns)
    {
        int* next = stackalloc int[xRowCount];
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += WidestSparse)
        {
            int width = Math.Min(WidestSparse, vectors - vector);
            nint column = vector * TLanes.Count;
            int chunk = MovedBytes / (width * TLanes.Count * sizeof(T));
            new Span<int>(next, xRowCount).Clear();
            for (int first = 0; first < x.ColumnCount; first += chunk)
            {
                int end = Math.Min(x.ColumnCount, first + chunk);
                _transposedPanels[width - 1](a, table, aRowCount, first, end, c + column, cStride, b + first * bStride + column, bStride);
                _sparseChunks[width - 1](
                    x, 0, xRowCount, end, next, b + column, bStride, y + column, yStride,
                    first == 0 ? _zeros.Pointer : y + column, first == 0 ? 0 : yStride);
            }
        }
    }

    /// <summary>Adds the products of some rows of A with a chunk of a panel of B to C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyChunk<TVectors>(
        CsrMatrix<T> a, int from, int to, int limit, int* next, T* b, nint bStride, T* c, nint cStride, T* initial, nint initialStride)
        where TVectors : unmanaged, ICount
    {
        for (int row = from; row < to; row++)
        {
            uint* entries = a.Entries(row);
            T* values = a.Values(row);
            nint count = a.Count(row);
            nint k = *next;
            WideRegisterRow<T, TVector, TLanes, TVectors> sum = WideRegisterRow<T, TVector, TLanes, TVectors>.Load(initial);
            for (; k < count && CsrEntry.Column(entries[k]) < limit; k++)
            {
                sum.Add(values[CsrEntry.Place(entries[k])], b + CsrEntry.Column(entries[k]) * bStride);
            }

            sum.Store(c);
            *next++ = (int)k;
            c += cStride;
            initial += initialStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddTransposed(
        ColumnMajorBytes a, T* table, int rowCount, int from, int to, T* c, nint cStride, int columns, T* b, nint bStride)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += WidestSparse)
        {
            nint column = vector * TLanes.Count;
            _transposedPanels[Math.Min(WidestSparse, vectors - vector) - 1](
                a, table, rowCount, from, to, c + column, cStride, b + column, bStride);
        }
    }

    /// <summary>One panel of B. Each of its rows stays in registers while up to 64 rows of C, which the caches hold, are added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTransposedPanel<TVectors>(
        ColumnMajorBytes a, T* table, int rowCount, int from, int to, T* c, nint cStride, T* b, nint bStride)
        where TVectors : unmanaged, ICount
    {
        for (int word = 0; word < rowCount; word += ColumnMajorBytes.Word)
        {
            ulong present = rowCount - word >= ColumnMajorBytes.Word ? ulong.MaxValue : (1UL << (rowCount - word)) - 1;
            byte* bytes = a.Column(from) + word;
            T* source = c + word * cStride;
            T* target = b;
            for (int column = from; column < to; column++)
            {
                ulong rows = ~Vector512.Equals(Vector512.Load(bytes), Vector512<byte>.Zero).ExtractMostSignificantBits() & present;
                if (rows != 0)
                {
                    WideRegisterRow<T, TVector, TLanes, TVectors> sum = WideRegisterRow<T, TVector, TLanes, TVectors>.Load(target);
                    for (; rows != 0; rows &= rows - 1)
                    {
                        nint row = BitOperations.TrailingZeroCount(rows);
                        sum.Add(table[bytes[row]], source + row * cStride);
                    }

                    sum.Store(target);
                }

                bytes += a.Stride;
                target += bStride;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyAndAddOuter(T* c, int rowCount, T* x, T* w, nint wStride, int columns, T* y)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += Widest)
        {
            nint column = vector * TLanes.Count;
            _outerPanels[Math.Min(Widest, vectors - vector) - 1](c, rowCount, x + column, w + column, wStride, y + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAndAddOuterPanel<TVectors>(T* c, int rowCount, T* x, T* w, nint wStride, T* y)
        where TVectors : unmanaged, ICount
    {
        RegisterRow<T, TVector, TLanes, TVectors, One> factors = RegisterRow<T, TVector, TLanes, TVectors, One>.Load(x);
        RegisterRow<T, TVector, TLanes, TVectors, One> sum = default;
        for (int row = 0; row < rowCount; row++)
        {
            RegisterRow<T, TVector, TLanes, TVectors, One> weights = RegisterRow<T, TVector, TLanes, TVectors, One>.Load(w);
            sum = sum.Plus(c[row], weights);
            weights.Plus(c[row], factors).Store(w);
            w += wStride;
        }

        sum.Store(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Dots(T* x, T* w, nint wStride, int rowCount, int columns, T* y, T* initial)
    {
        int n = TLanes.Count;
        for (int row = 0; row < rowCount; row += 2)
        {
            // Two rows share each load of x; an odd last row is paired with itself. Two sums a row shorten the dependency chain.
            T* weights = w + row * wStride;
            nint next = row + 1 < rowCount ? wStride : 0;
            TVector sum0 = default, sum1 = default, next0 = default, next1 = default;
            nint k = 0;
            for (; k + n < columns; k += 2 * n)
            {
                TVector x0 = TLanes.Load(x + k);
                TVector x1 = TLanes.Load(x + k + n);
                sum0 = TLanes.MultiplyAdd(x0, TLanes.Load(weights + k), sum0);
                sum1 = TLanes.MultiplyAdd(x1, TLanes.Load(weights + k + n), sum1);
                next0 = TLanes.MultiplyAdd(x0, TLanes.Load(weights + next + k), next0);
                next1 = TLanes.MultiplyAdd(x1, TLanes.Load(weights + next + k + n), next1);
            }

            if (k < columns)
            {
                TVector x0 = TLanes.Load(x + k);
                sum0 = TLanes.MultiplyAdd(x0, TLanes.Load(weights + k), sum0);
                next0 = TLanes.MultiplyAdd(x0, TLanes.Load(weights + next + k), next0);
            }

            T sum = TLanes.Sum(TLanes.Add(sum0, sum1));
            y[row] = initial == null ? sum : initial[row] + sum;
            if (next != 0)
            {
                sum = TLanes.Sum(TLanes.Add(next0, next1));
                y[row + 1] = initial == null ? sum : initial[row + 1] + sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Combine(T* x, T* w, nint wStride, int rowCount, int columns, T* y, T* initial)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += WidestSparse)
        {
            nint column = vector * TLanes.Count;
            _combinations[Math.Min(WidestSparse, vectors - vector) - 1](x, w + column, wStride, rowCount, y + column, initial + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombinePanel<TVectors>(T* x, T* w, nint wStride, int rowCount, T* y, T* initial)
        where TVectors : unmanaged, ICount
    {
        WideRegisterRow<T, TVector, TLanes, TVectors> sum = WideRegisterRow<T, TVector, TLanes, TVectors>.Load(initial);
        for (int row = 0; row < rowCount; row++)
        {
            sum.Add(x[row], w);
            w += wStride;
        }

        sum.Store(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(T* x, nint stride, int rowCount, int columns, T* sum)
    {
        for (nint column = 0; column < columns; column += TLanes.Count)
        {
            TVector total = TLanes.Load(sum + column);
            T* p = x + column;
            for (int row = 0; row < rowCount; row++)
            {
                total = TLanes.Add(total, TLanes.Load(p));
                p += stride;
            }

            TLanes.Store(total, sum + column);
        }
    }

    /// <summary>Micro-kernels of a width, by height from one row.</summary>
    private static class Tiles<TVectors>
        where TVectors : unmanaged, ICount
    {
        public static readonly delegate*<in Operand<T>, int*, T*, nint, T*, nint, T*, nint, void>[] ByHeight =
        [
            &MicroKernel<T, TVector, TLanes, One, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Two, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Three, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Four, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Five, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Six, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Seven, TVectors>.Multiply,
            &MicroKernel<T, TVector, TLanes, Eight, TVectors>.Multiply,
        ];
    }
}
