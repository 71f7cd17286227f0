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

    /// <summary>c = initial + Σ values[k] · row indices[k] of B: a product with a sparse row.</summary>
    public abstract void Gather(ushort* indices, T* values, int count, T* b, nint bStride, int columns, T* c, T* initial);

    /// <summary>Row indices[k] of B += values[k] · row: the update of a sparse input's weights.</summary>
    public abstract void Scatter(ushort* indices, T* values, int count, T* row, int columns, T* b, nint bStride);

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

    public override void Gather(ushort* indices, T* values, int count, T* b, nint bStride, int columns, T* c, T* initial)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors;)
        {
            nint column = vector * TLanes.Count;
            T* start = initial == null ? null : initial + column;
            int left = vectors - vector;
            if (left >= 8)
            {
                GatherPanel<Four, Four>(indices, values, count, b + column, bStride, c + column, start);
                vector += 8;
            }
            else if (left > 4)
            {
                // Two strips of about the same width: seven registers are four and three.
                switch (left)
                {
                    case 5:
                        GatherPanel<Three, Two>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                    case 6:
                        GatherPanel<Three, Three>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                    default:
                        GatherPanel<Four, Three>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                }

                vector += left;
            }
            else
            {
                switch (left)
                {
                    case 1:
                        GatherPanel<One>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                    case 2:
                        GatherPanel<Two>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                    case 3:
                        GatherPanel<Three>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                    default:
                        GatherPanel<Four>(indices, values, count, b + column, bStride, c + column, start);
                        break;
                }

                vector += left;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherPanel<TVectors>(ushort* indices, T* values, int count, T* b, nint bStride, T* c, T* initial)
        where TVectors : ICount
    {
        Strip<T, TVector, TLanes, TVectors> sum = initial == null ? default : Strip<T, TVector, TLanes, TVectors>.Load(initial);
        for (nint k = 0; k < count; k++)
        {
            sum = sum.Plus(values[k], Strip<T, TVector, TLanes, TVectors>.Load(b + indices[k] * bStride));
        }

        sum.Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherPanel<TLeft, TRight>(ushort* indices, T* values, int count, T* b, nint bStride, T* c, T* initial)
        where TLeft : ICount
        where TRight : ICount
    {
        nint right = TLeft.Value * TLanes.Count;
        Strip<T, TVector, TLanes, TLeft> left0 = default;
        Strip<T, TVector, TLanes, TRight> right0 = default;
        if (initial != null)
        {
            left0 = Strip<T, TVector, TLanes, TLeft>.Load(initial);
            right0 = Strip<T, TVector, TLanes, TRight>.Load(initial + right);
        }

        for (nint k = 0; k < count; k++)
        {
            T value = values[k];
            T* row = b + indices[k] * bStride;
            left0 = left0.Plus(value, Strip<T, TVector, TLanes, TLeft>.Load(row));
            right0 = right0.Plus(value, Strip<T, TVector, TLanes, TRight>.Load(row + right));
        }

        left0.Store(c);
        right0.Store(c + right);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Scatter(ushort* indices, T* values, int count, T* row, int columns, T* b, nint bStride)
    {
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        for (int vector = 0; vector < vectors; vector += Widest)
        {
            nint column = vector * TLanes.Count;
            switch (vectors - vector)
            {
                case 1:
                    ScatterPanel<One>(indices, values, count, row + column, b + column, bStride);
                    break;
                case 2:
                    ScatterPanel<Two>(indices, values, count, row + column, b + column, bStride);
                    break;
                case 3:
                    ScatterPanel<Three>(indices, values, count, row + column, b + column, bStride);
                    break;
                default:
                    ScatterPanel<Four>(indices, values, count, row + column, b + column, bStride);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScatterPanel<TVectors>(ushort* indices, T* values, int count, T* row, T* b, nint bStride)
        where TVectors : ICount
    {
        Strip<T, TVector, TLanes, TVectors> addend = Strip<T, TVector, TLanes, TVectors>.Load(row);
        for (nint k = 0; k < count; k++)
        {
            T* target = b + indices[k] * bStride;
            Strip<T, TVector, TLanes, TVectors>.Load(target).Plus(values[k], addend).Store(target);
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
