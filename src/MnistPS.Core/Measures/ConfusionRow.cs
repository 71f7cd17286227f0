namespace MnistPS;

/// <summary>A row of a <see cref="ConfusionMatrix"/>: what the images of one digit were read as. It is flat, so that a CSV has plain columns.</summary>
public sealed class ConfusionRow
{
    private readonly int[] _counts;

    internal ConfusionRow(int expected, int[] counts)
    {
        Expected = expected;
        _counts = counts;
    }

    /// <summary>The digit that was written.</summary>
    public int Expected { get; }

    /// <summary>Images of it that were read as 0.</summary>
    public int Read0 => _counts[0];

    /// <summary>Images of it that were read as 1.</summary>
    public int Read1 => _counts[1];

    /// <summary>Images of it that were read as 2.</summary>
    public int Read2 => _counts[2];

    /// <summary>Images of it that were read as 3.</summary>
    public int Read3 => _counts[3];

    /// <summary>Images of it that were read as 4.</summary>
    public int Read4 => _counts[4];

    /// <summary>Images of it that were read as 5.</summary>
    public int Read5 => _counts[5];

    /// <summary>Images of it that were read as 6.</summary>
    public int Read6 => _counts[6];

    /// <summary>Images of it that were read as 7.</summary>
    public int Read7 => _counts[7];

    /// <summary>Images of it that were read as 8.</summary>
    public int Read8 => _counts[8];

    /// <summary>Images of it that were read as 9.</summary>
    public int Read9 => _counts[9];

    /// <summary>Images of it.</summary>
    public int Total => _counts.Sum();

    /// <summary>The row in a line, such as <c>4: 0 1 0 0 970 0 2 0 1 8</c>.</summary>
    public override string ToString() => $"{Expected}: {string.Join(' ', _counts)}";

    /// <summary>Images of it that were read as a digit.</summary>
    internal int this[int read] => _counts[read];
}
