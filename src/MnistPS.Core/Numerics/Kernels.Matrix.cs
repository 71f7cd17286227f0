using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

internal abstract unsafe partial class Kernels<T>
{
    /// <summary>C = initial + A · B, with A (rows × k) read as its operand says, B (k × columns) and C (rows × columns) by rows.</summary>
    /// <param name="a">A.</param>
    /// <param name="rowCount">Rows of A and C.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> numbers apart.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> numbers apart; it may be the initial value too.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="initial">What the products are added to: one row for all (a bias; stride 0), or as many as C has, or null for 0.</param>
    /// <param name="initialStride">Distance of the initial rows.</param>
    public abstract void Multiply(
        in Operand<T> a, int rowCount, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride);

    /// <summary>C = initial + A · B for rows <paramref name="from"/> up to <paramref name="to"/> of a sparse A.</summary>
    /// <param name="a">A.</param>
    /// <param name="from">The row of A that gives the first row of C.</param>
    /// <param name="to">The row of A after the last.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> numbers apart.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> numbers apart; it may be the initial value too.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="initial">What the products are added to: one row for all (stride 0), or as many as C has, or null for 0.</param>
    /// <param name="initialStride">Distance of the initial rows.</param>
    public abstract void Multiply(
        SparseMatrix<T> a, int from, int to, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride);

    /// <summary>B += Aᵀ · C for columns <paramref name="from"/> up to <paramref name="to"/> of a sparse A.</summary>
    /// <param name="a">A.</param>
    /// <param name="rowCount">Rows of A and C.</param>
    /// <param name="from">The column of A that gives the first row of B.</param>
    /// <param name="to">The column of A after the last.</param>
    /// <param name="c">C, whose rows are <paramref name="cStride"/> numbers apart.</param>
    /// <param name="cStride">Distance of C's rows.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="b">B, whose rows are <paramref name="bStride"/> numbers apart.</param>
    /// <param name="bStride">Distance of B's rows.</param>
    public abstract void AddTransposed(SparseMatrix<T> a, int rowCount, int from, int to, T* c, nint cStride, int columns, T* b, nint bStride);

    /// <summary>y[r] = initial[r] + row r of W · x: a product with one vector.</summary>
    public abstract void Dots(T* x, T* w, nint wStride, int rowCount, int columns, T* y, T* initial);

    /// <summary>sum += the rows of X, which are <paramref name="stride"/> numbers apart.</summary>
    public abstract void AddRows(T* x, nint stride, int rowCount, int columns, T* sum);
}

internal sealed unsafe partial class Kernels<T, TVector, TLanes>
{
    /// <summary>A row of zeros as wide as the widest tile.</summary>
    private readonly Buffer<T> _zeros = new(Widest * TLanes.Count);

    /// <summary>Registers across the widest tile.</summary>
    private const int Widest = 4;

    /// <summary>Rows of a sparse matrix that meet what the cache holds before the next few hundred do.</summary>
    private const int RowGroup = 256;

    /// <summary>What of B stays in a core's first cache, 32 to 48 KB on processors of today, with room for the rest.</summary>
    private const int CacheBytes = 40 * 1024;

    public override void Multiply(
        in Operand<T> a, int rowCount, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride)
    {
        if (rowCount == 0)
        {
            return;
        }

        // Half of the registers hold enough of a tile when there are only sixteen.
        int widest = TLanes.Registers >= 32 ? Widest : Widest / 2;
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += widest)
        {
            nint column = vector * TLanes.Count;
            T* start = initial == null ? _zeros.Pointer : initial + column;
            nint startStride = initial == null ? 0 : initialStride;
            switch (Math.Min(widest, vectors - vector))
            {
                case 1:
                    MultiplyPanel<One>(a, rowCount, b + column, bStride, c + column, cStride, start, startStride);
                    break;
                case 2:
                    MultiplyPanel<Two>(a, rowCount, b + column, bStride, c + column, cStride, start, startStride);
                    break;
                case 3:
                    MultiplyPanel<Three>(a, rowCount, b + column, bStride, c + column, cStride, start, startStride);
                    break;
                default:
                    MultiplyPanel<Four>(a, rowCount, b + column, bStride, c + column, cStride, start, startStride);
                    break;
            }
        }
    }

    /// <summary>One panel of C, as wide as a tile, in tiles of about the same height.</summary>
    private static void MultiplyPanel<TVectors>(
        in Operand<T> a, int rowCount, T* b, nint bStride, T* c, nint cStride, T* initial, nint initialStride)
        where TVectors : ICount
    {
        int highest = TVectors.Value == 4 || (TLanes.Registers < 32 && TVectors.Value == 2) ? 6 : 8;
        int tiles = (rowCount + highest - 1) / highest;
        for (int tile = 0, row = 0; tile < tiles; tile++)
        {
            int height = (rowCount - row + tiles - tile - 1) / (tiles - tile);
            int* rows = a.Rows + row;
            T* target = c + row * cStride;
            T* start = initial + row * initialStride;
            switch (height)
            {
                case 1:
                    Tile<T, TVector, TLanes, One, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                case 2:
                    Tile<T, TVector, TLanes, Two, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                case 3:
                    Tile<T, TVector, TLanes, Three, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                case 4:
                    Tile<T, TVector, TLanes, Four, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                case 5:
                    Tile<T, TVector, TLanes, Five, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                case 6:
                    Tile<T, TVector, TLanes, Six, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                case 7:
                    Tile<T, TVector, TLanes, Seven, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
                default:
                    Tile<T, TVector, TLanes, Eight, TVectors>.Multiply(a, rows, b, bStride, target, cStride, start, initialStride);
                    break;
            }

            row += height;
        }
    }

    public override void Multiply(
        SparseMatrix<T> a, int from, int to, T* b, nint bStride, int columns, T* c, nint cStride, T* initial, nint initialStride)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += Widest)
        {
            nint column = vector * TLanes.Count;
            T* start = initial == null ? _zeros.Pointer : initial + column;
            nint startStride = initial == null ? 0 : initialStride;
            switch (vectors - vector)
            {
                case 1:
                    MultiplySparsePanel<One>(a, from, to, b + column, bStride, c + column, cStride, start, startStride);
                    break;
                case 2:
                    MultiplySparsePanel<Two>(a, from, to, b + column, bStride, c + column, cStride, start, startStride);
                    break;
                case 3:
                    MultiplySparsePanel<Three>(a, from, to, b + column, bStride, c + column, cStride, start, startStride);
                    break;
                default:
                    MultiplySparsePanel<Four>(a, from, to, b + column, bStride, c + column, cStride, start, startStride);
                    break;
            }
        }
    }

    /// <summary>
    /// One panel of C. So many rows of B at a time as the first cache holds meet the rows of A, a few hundred of them in turn.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySparsePanel<TVectors>(
        SparseMatrix<T> a, int from, int to, T* b, nint bStride, T* c, nint cStride, T* initial, nint initialStride)
        where TVectors : ICount
    {
        int chunk = CacheBytes / (TVectors.Value * TLanes.Count * sizeof(T));

        // Where in each row of A the next chunk of B begins.
        int* next = stackalloc int[RowGroup];
        for (int group = from; group < to; group += RowGroup)
        {
            int end = Math.Min(to, group + RowGroup);
            new Span<int>(next, end - group).Clear();
            for (int first = 0; first < a.ColumnCount; first += chunk)
            {
                int limit = first + chunk;
                for (int row = group; row < end; row++)
                {
                    ushort* columns = a.Columns(row);
                    T* values = a.Values(row);
                    nint count = a.Counts[row];
                    nint k = next[row - group];
                    T* target = c + (row - from) * cStride;
                    Strip<T, TVector, TLanes, TVectors> sum =
                        Strip<T, TVector, TLanes, TVectors>.Load(first == 0 ? initial + (row - from) * initialStride : target);
                    for (; k < count && columns[k] < limit; k++)
                    {
                        sum = sum.Plus(values[k], Strip<T, TVector, TLanes, TVectors>.Load(b + columns[k] * bStride));
                    }

                    sum.Store(target);
                    next[row - group] = (int)k;
                }
            }
        }
    }

    public override void AddTransposed(
        SparseMatrix<T> a, int rowCount, int from, int to, T* c, nint cStride, int columns, T* b, nint bStride)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += Widest)
        {
            nint column = vector * TLanes.Count;
            switch (vectors - vector)
            {
                case 1:
                    AddTransposedPanel<One>(a, rowCount, from, to, c + column, cStride, b + column, bStride);
                    break;
                case 2:
                    AddTransposedPanel<Two>(a, rowCount, from, to, c + column, cStride, b + column, bStride);
                    break;
                case 3:
                    AddTransposedPanel<Three>(a, rowCount, from, to, c + column, cStride, b + column, bStride);
                    break;
                default:
                    AddTransposedPanel<Four>(a, rowCount, from, to, c + column, cStride, b + column, bStride);
                    break;
            }
        }
    }

    /// <summary>One panel of B, so many rows of it at a time as the first cache holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTransposedPanel<TVectors>(
        SparseMatrix<T> a, int rowCount, int from, int to, T* c, nint cStride, T* b, nint bStride)
        where TVectors : ICount
    {
        int chunk = CacheBytes / (TVectors.Value * TLanes.Count * sizeof(T));

        // Where in each row of A the next chunk of B begins.
        int* next = stackalloc int[RowGroup];
        for (int group = 0; group < rowCount; group += RowGroup)
        {
            int end = Math.Min(rowCount, group + RowGroup);
            for (int row = group; row < end; row++)
            {
                int found = from == 0 ? 0 : new ReadOnlySpan<ushort>(a.Columns(row), a.Counts[row]).BinarySearch((ushort)from);
                next[row - group] = found >= 0 ? found : ~found;
            }

            for (int first = from; first < to; first += chunk)
            {
                int limit = Math.Min(to, first + chunk);
                T* start = b - from * bStride;
                for (int row = group; row < end; row++)
                {
                    ushort* columns = a.Columns(row);
                    T* values = a.Values(row);
                    nint count = a.Counts[row];
                    nint k = next[row - group];
                    Strip<T, TVector, TLanes, TVectors> addend = Strip<T, TVector, TLanes, TVectors>.Load(c + row * cStride);
                    for (; k < count && columns[k] < limit; k++)
                    {
                        T* target = start + columns[k] * bStride;
                        Strip<T, TVector, TLanes, TVectors>.Load(target).Plus(values[k], addend).Store(target);
                    }

                    next[row - group] = (int)k;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Dots(T* x, T* w, nint wStride, int rowCount, int columns, T* y, T* initial)
    {
        int n = TLanes.Count;
        for (int row = 0; row < rowCount; row++)
        {
            // Four sums, so that one product need not wait for the one before.
            T* weights = w + row * wStride;
            TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int k = 0;
            for (; k + 3 * n < columns; k += 4 * n)
            {
                sum0 = TLanes.MultiplyAdd(TLanes.Load(x + k), TLanes.Load(weights + k), sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.Load(x + k + n), TLanes.Load(weights + k + n), sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.Load(x + k + 2 * n), TLanes.Load(weights + k + 2 * n), sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.Load(x + k + 3 * n), TLanes.Load(weights + k + 3 * n), sum3);
            }

            for (; k < columns; k += n)
            {
                sum0 = TLanes.MultiplyAdd(TLanes.Load(x + k), TLanes.Load(weights + k), sum0);
            }

            T sum = TLanes.Sum(TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3)));
            y[row] = initial == null ? sum : initial[row] + sum;
        }
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
}
