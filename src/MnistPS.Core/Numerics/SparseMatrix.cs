using System.Numerics;

namespace MnistPS.Numerics;

/// <summary>
/// A matrix of which most numbers are zero, by rows: for each row how many are not, in which columns, ascending, and what they are.
/// There is room for all, but eight rows after another lie close together, so that only as much memory is touched as they need.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class SparseMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows that are filled one after another.</summary>
    public const int RowGroup = ByteColumns.RowGroup;

    private readonly Buffer<int> _counts;
    private readonly Buffer<int> _starts;
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
        _starts = new Buffer<int>(rowCount);
        _columns = new Buffer<ushort>(checked(rowCount * columnCount));
        _values = new Buffer<T>(rowCount * columnCount);
    }

    /// <summary>Columns.</summary>
    public int ColumnCount { get; }

    /// <summary>How many numbers of each row are not zero.</summary>
    public int* Counts => _counts.Pointer;

    /// <summary>Begins to fill a row; of each eight rows the first must come first, and each after the one before is filled.</summary>
    public void Start(int row)
    {
        _starts.Pointer[row] = row % RowGroup == 0 ? row * ColumnCount : _starts.Pointer[row - 1] + _counts.Pointer[row - 1];
        _counts.Pointer[row] = 0;
    }

    /// <summary>The columns in which the numbers of a row lie.</summary>
    public ushort* Columns(int row) => _columns.Pointer + _starts.Pointer[row];

    /// <summary>The numbers of a row that are not zero.</summary>
    public T* Values(int row) => _values.Pointer + _starts.Pointer[row];
}
