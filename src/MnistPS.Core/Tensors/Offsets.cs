using System.Runtime.CompilerServices;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>Tables of memory offsets: the rows or segments of an <see cref="Operand{T}"/>, or a matrix of weights.</summary>
internal static unsafe class Offsets
{
    /// <summary>A table of <paramref name="count"/> offsets.</summary>
    public static Buffer<int> Create(int count, Func<int, int> offset)
    {
        Buffer<int> table = new(count);
        for (int i = 0; i < count; i++)
        {
            table.Pointer[i] = offset(i);
        }

        return table;
    }

    /// <summary>
    /// Sets the offsets of a matrix, or of some of its columns: value (row, column) is at start + row · rowStep + column · columnStep.
    /// </summary>
    /// <param name="offsets">The offsets of the matrix, row by row, from those columns on.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Columns of the whole matrix.</param>
    /// <param name="columns">Columns to place.</param>
    /// <param name="start">Offset of the first value.</param>
    /// <param name="rowStep">Distance of two rows.</param>
    /// <param name="columnStep">Distance of two values of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Place(Span<int> offsets, int rows, int stride, int columns, int start, int rowStep, int columnStep)
    {
        for (int row = 0; row < rows; row++)
        {
            Span<int> places = offsets.Slice(row * stride, columns);
            for (int column = 0; column < places.Length; column++)
            {
                places[column] = start + row * rowStep + column * columnStep;
            }
        }
    }
}
