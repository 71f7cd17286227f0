using System.Collections;

namespace MnistPS;

/// <summary>
/// The one-hot rows of a set of labels, (n, classes) in float64. Rows are computed from their labels on access, so that the targets of 60 000 images take
/// no memory of their own.
/// </summary>
public sealed class OneHotTargets : IReadOnlyList<double[]>
{
    private readonly byte[] _labels;

    internal OneHotTargets(byte[] labels, int classCount)
    {
        OneHot.CheckClassCount(classCount);
        for (int i = 0; i < labels.Length; i++)
        {
            OneHot.CheckLabel(labels[i], classCount);
        }

        _labels = labels;
        ClassCount = classCount;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _labels.Length;

    /// <summary>Values in a row.</summary>
    public int ClassCount { get; }

    /// <summary>Rows and classes, such as (1000, 10).</summary>
    public TargetsShape Shape => new(Count, ClassCount);

    /// <summary>One row: 1 at the label, 0 elsewhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the set.</exception>
    public double[] this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
            return OneHot.Encode(_labels[row], ClassCount);
        }
    }

    /// <summary>One value: 1 where the class is the row's label, else 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row or the class is outside the shape.</exception>
    public double this[int row, int classIndex] => this[row][classIndex];

    internal OneHotTargets Slice(int start, int count) => new(_labels.AsSpan(start, count).ToArray(), ClassCount);

    /// <inheritdoc/>
    public IEnumerator<double[]> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shape, such as <c>(1000, 10)</c>.</summary>
    public override string ToString() => Shape.ToString();
}
