using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistPS.Numerics;

/// <summary>A mostly zero matrix of bytes in column-major order: a batch of images pixel by pixel. Each byte indexes a table of values.</summary>
internal sealed unsafe class ColumnMajorBytes
{
    /// <summary>Rows that are set at once.</summary>
    public const int RowGroup = 8;

    /// <summary>Rows that a kernel reads at once, and columns that are set at once.</summary>
    public const int Word = 64;

    private readonly Buffer<byte> _bytes;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="columnCount">Columns, rounded up to a multiple of eight.</param>
    public ColumnMajorBytes(int rowCount, int columnCount)
    {
        Stride = (rowCount + RowGroup - 1) / RowGroup * RowGroup;

        // Reading a word may pass the end of the last column.
        _bytes = new Buffer<byte>(checked(Stride * ((columnCount + 7) / 8 * 8) + Word));
    }

    /// <summary>Distance of two columns; minimal, since each group of rows writes to all of them.</summary>
    public int Stride { get; }

    /// <summary>The bytes of a column.</summary>
    public byte* Column(int column) => _bytes.Pointer + (nint)column * Stride;

    /// <summary>Sets a range of columns of eight rows.</summary>
    /// <param name="first">The first of the rows, a multiple of eight.</param>
    /// <param name="from">The first of the columns, a multiple of eight.</param>
    /// <param name="to">The column after the last, rounded up to a multiple of eight.</param>
    /// <param name="rows">Their bytes, (8, columns rounded up to whole words).</param>
    public void SetRows(int first, int from, int to, byte* rows)
    {
        ulong* transposed = stackalloc ulong[Word];
        int count = to - from;
        int stride = Buffer<byte>.Pad(count);
        for (int column = 0; column < count; column += Word)
        {
            Vector512<ulong> row0 = Load(0), row1 = Load(1), row2 = Load(2), row3 = Load(3);
            Vector512<ulong> row4 = Load(4), row5 = Load(5), row6 = Load(6), row7 = Load(7);

            // Squares of 8 x 8 bytes side by side are transposed, a row of each a word with the first byte lowest: quadrants are swapped, then their
            // quadrants, then bytes. Source: H. S. Warren, "Hacker's Delight", 2nd edition, section 7-3, there for bits.
            Swap(ref row0, ref row4, 32, 0x00000000FFFFFFFF);
            Swap(ref row1, ref row5, 32, 0x00000000FFFFFFFF);
            Swap(ref row2, ref row6, 32, 0x00000000FFFFFFFF);
            Swap(ref row3, ref row7, 32, 0x00000000FFFFFFFF);
            Swap(ref row0, ref row2, 16, 0x0000FFFF0000FFFF);
            Swap(ref row1, ref row3, 16, 0x0000FFFF0000FFFF);
            Swap(ref row4, ref row6, 16, 0x0000FFFF0000FFFF);
            Swap(ref row5, ref row7, 16, 0x0000FFFF0000FFFF);
            Swap(ref row0, ref row1, 8, 0x00FF00FF00FF00FF);
            Swap(ref row2, ref row3, 8, 0x00FF00FF00FF00FF);
            Swap(ref row4, ref row5, 8, 0x00FF00FF00FF00FF);
            Swap(ref row6, ref row7, 8, 0x00FF00FF00FF00FF);

            row0.Store(transposed);
            row1.Store(transposed + 8);
            row2.Store(transposed + 16);
            row3.Store(transposed + 24);
            row4.Store(transposed + 32);
            row5.Store(transposed + 40);
            row6.Store(transposed + 48);
            row7.Store(transposed + 56);
            byte* target = Column(from + column) + first;
            for (ulong* square = transposed; square < transposed + Math.Min(8, (count - column + 7) / 8); square++)
            {
                for (int i = 0; i < Word; i += 8)
                {
                    *(ulong*)target = square[i];
                    target += Stride;
                }
            }

            Vector512<ulong> Load(int row) => Vector512.Load((ulong*)(rows + row * stride + column));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref Vector512<ulong> left, ref Vector512<ulong> right, int shift, ulong mask)
    {
        Vector512<ulong> change = ((left >> shift) ^ right) & Vector512.Create(mask);
        right ^= change;
        left ^= change << shift;
    }
}
