using System.Collections.ObjectModel;
using System.Globalization;

namespace MnistPS;

/// <summary>A score for each digit, (10). Its text is the ten scores, in invariant culture and with all digits, so that a CSV keeps them.</summary>
public sealed class DigitScores : ReadOnlyCollection<double>
{
    /// <summary>Wraps the scores without copying them.</summary>
    /// <param name="scores">A score for each digit, (10).</param>
    internal DigitScores(double[] scores)
        : base(scores)
    {
    }

    /// <summary>The number of scores, as of an array.</summary>
    public int Length => Count;

    /// <summary>The scores with blanks between them, such as <c>0.01 0.9 ...</c>; each parses to the same value again.</summary>
    public override string ToString() => string.Join(' ', this.Select(score => score.ToString("R", CultureInfo.InvariantCulture)));
}
