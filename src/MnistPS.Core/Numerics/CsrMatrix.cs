using System.Numerics;

namespace MnistPS.Numerics;

/// <summary>A sparse matrix by rows (CSR). Entries and values are stored elsewhere; the matrix does not keep them alive.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class CsrMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<int> _counts;
    private readonly Buffer<nint> _entries;
    private readonly Buffer<nint> _values;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="columnCount">Columns, <see cref="CsrEntry.Limit"/> at most.</param>
    /// <param name="firstColumn">The first column that may hold entries.</param>
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

    /// <summary>The first column that may hold entries.</summary>
    public int FirstColumn { get; }

    /// <summary>Number of nonzero entries of a row.</summary>
    public int Count(int row) => _counts.Pointer[row];

    /// <summary>The nonzero entries of a row, by ascending columns.</summary>
    public uint* Entries(int row) => (uint*)_entries.Pointer[row];

    /// <summary>The table that holds the values of a row's entries.</summary>
    public T* Values(int row) => (T*)_values.Pointer[row];

    /// <summary>Sets a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="entries">Its nonzero entries, by ascending columns.</param>
    /// <param name="count">Number of entries.</param>
    /// <param name="values">The table that holds their values.</param>
    public void Set(int row, uint* entries, int count, T* values)
    {
        _counts.Pointer[row] = count;
        _entries.Pointer[row] = (nint)entries;
        _values.Pointer[row] = (nint)values;
    }
}
