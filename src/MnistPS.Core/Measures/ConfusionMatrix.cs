namespace MnistPS;

/// <summary>How often each digit was read as each digit, (10, 10). Rows are digits as written, columns digits as read.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The number of classes.</summary>
    internal const int Digits = 10;

    internal ConfusionMatrix(int[][] counts, IReadOnlyList<string> names)
    {
        ClassNames = names;
        Rows = Array.AsReadOnly(counts.Select((row, expected) => new ConfusionRow(expected, row)).ToArray());
    }

    /// <summary>The names of the ten labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>One row per digit.</summary>
    public IReadOnlyList<ConfusionRow> Rows { get; }

    /// <summary>Images in all.</summary>
    public int Total => Rows.Sum(row => row.Total);

    /// <summary>The images of one digit that were read as another, or as itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is no digit.</exception>
    public int this[int expected, int read]
    {
        get
        {
            CheckDigit(expected, nameof(expected));
            CheckDigit(read, nameof(read));
            return Rows[expected][read];
        }
    }

    /// <summary>The shape and what it counts, such as <c>(10, 10) of 10000 predictions</c>.</summary>
    public override string ToString() => $"(10, 10) of {Total} predictions";

    private static void CheckDigit(int digit, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(digit, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(digit, Digits, name);
    }
}
