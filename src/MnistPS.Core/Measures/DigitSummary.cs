namespace MnistPS;

/// <summary>
/// How well one digit was read: a row of scikit-learn's <c>classification_report</c>. A share is 0 and never NaN where its denominator is 0, as with
/// <c>zero_division=0</c>.
/// </summary>
public sealed class DigitSummary
{
    internal DigitSummary(int digit, int count, int readCount, int correctCount, string name)
    {
        Digit = digit;
        Name = name;
        Count = count;
        Precision = Share(correctCount, readCount);
        Recall = Share(correctCount, count);
        F1 = Share(2 * correctCount, count + readCount);
    }

    /// <summary>The digit.</summary>
    public int Digit { get; }

    /// <summary>The name of the label: the digit, or a name such as <c>Sneaker</c>.</summary>
    internal string Name { get; }

    /// <summary>Images of it; scikit-learn calls it support.</summary>
    public int Count { get; }

    /// <summary>The share of the images read as it that are it; 0 if none was read as it.</summary>
    public double Precision { get; }

    /// <summary>The share of its images that were read as it; 0 if there is none.</summary>
    public double Recall { get; }

    /// <summary>The harmonic mean of precision and recall; 0 if both are 0.</summary>
    public double F1 { get; }

    /// <summary>The row in a line, such as <c>4: 982 images, precision 0.981, recall 0.988, F1 0.984</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Name}: {Count} images, precision {Precision:F3}, recall {Recall:F3}, F1 {F1:F3}");

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
