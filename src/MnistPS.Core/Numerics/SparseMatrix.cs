using System.Numerics;

namespace MnistPS.Numerics;

/// <summary>
/// A matrix of which most numbers are zero, by rows: for each row how many are not, in which columns, ascending, and what they are.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class SparseMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<int> _counts;
    private readonly Buffer<ushort> _columns;
    private readonly Buffer<T> _values;

    /// <summary>An empty matrix.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="columnCount">Columns, 65 536 at most.</param>
    public SparseMatrix(int rowCount, int columnCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columnCount, ushort.MaxValue + 1);
        ColumnCount = columnCount;
        _counts = new Buffer<int>(rowCount);
        _columns = new Buffer<ushort>(checked(rowCount * columnCount));
        _values = new Buffer<T>(rowCount * columnCount);
    }

    /// <summary>Columns.</summary>
    public int ColumnCount { get; }

    /// <summary>How many numbers of each row are not zero.</summary>
    public int* Counts => _counts.Pointer;

    /// <summary>The columns in which the numbers of a row lie.</summary>
    public ushort* Columns(int row) => _columns.Pointer + (nint)row * ColumnCount;

    /// <summary>The numbers of a row that are not zero.</summary>
    public T* Values(int row) => _values.Pointer + (nint)row * ColumnCount;
}
