namespace MnistPS.Plots;

/// <summary>A pair of axes with lines.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">What goes to the right; may be empty.</param>
/// <param name="Series">The lines.</param>
/// <param name="X">The ends of the horizontal axis, apart.</param>
/// <param name="Y">The ends of the vertical axis, apart.</param>
internal sealed record LinePanel(
    string Title, string XLabel, IReadOnlyList<LineSeries> Series, (double Min, double Max) X, (double Min, double Max) Y)
{
    /// <summary>Whether equal steps to the right are equal factors; the ends and the points are of the numbers as they are.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>A place on the horizontal axis to point at, and what it is, or null.</summary>
    public (double X, string Label)? Mark { get; init; }

    /// <summary>How far a number is along the horizontal axis, from 0 to 1.</summary>
    public double Along(double x) => IsLogarithmic
        ? (Math.Log10(x) - Math.Log10(X.Min)) / (Math.Log10(X.Max) - Math.Log10(X.Min))
        : (x - X.Min) / (X.Max - X.Min);

    /// <summary>How far a number is up the vertical axis, from 0 to 1.</summary>
    public double Up(double y) => (y - Y.Min) / (Y.Max - Y.Min);
}
