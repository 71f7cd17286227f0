using System.Numerics;

namespace MnistPS.Numerics;

/// <summary>A matrix of which most numbers are zero, by rows, which lie wherever they were listed; the matrix does not keep them alive.</summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class CsrMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<int> _counts;
    private readonly Buffer<nint> _entries;
    private readonly Buffer<nint> _values;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="columnCount">Columns, <see cref="CsrEntry.Limit"/> at most.</param>
    /// <param name="firstColumn">The column before which all are empty.</param>
    public CsrMatrix(int rowCount, int columnCount, int firstColumn = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columnCount, CsrEntry.Limit);
        ColumnCount = columnCount;
        FirstColumn = firstColumn;
        _counts = new Buffer<int>(rowCount);
        _entries = new Buffer<nint>(rowCount);
        _values = new Buffer<nint>(rowCount);
    }

    /// <summary>Columns.</summary>
    public int ColumnCount { get; }

    /// <summary>The column before which all are empty.</summary>
    public int FirstColumn { get; }

    /// <summary>How many numbers of a row are not zero.</summary>
    public int Count(int row) => _counts.Pointer[row];

    /// <summary>The numbers of a row that are not zero, by ascending columns.</summary>
    public uint* Entries(int row) => (uint*)_entries.Pointer[row];

    /// <summary>The table in which the values of a row's entries stand.</summary>
    public T* Values(int row) => (T*)_values.Pointer[row];

    /// <summary>Sets a row.</summary>
    /// <param name="row">Which.</param>
    /// <param name="entries">Its numbers that are not zero, by ascending columns.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="values">The table in which their values stand.</param>
    public void Set(int row, uint* entries, int count, T* values)
    {
        _counts.Pointer[row] = count;
        _entries.Pointer[row] = (nint)entries;
        _values.Pointer[row] = (nint)values;
    }
}
