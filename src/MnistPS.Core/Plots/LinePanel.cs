namespace MnistPS.Plots;

/// <summary>A pair of axes with lines.</summary>
/// <param name="Title">A heading.</param>
/// <param name="XLabel">The label of the horizontal axis; may be empty.</param>
/// <param name="Series">The lines.</param>
/// <param name="X">The limits of the horizontal axis; they differ.</param>
/// <param name="Y">The limits of the vertical axis; they differ.</param>
internal sealed record LinePanel(
    string Title, string XLabel, IReadOnlyList<LineSeries> Series, (double Min, double Max) X, (double Min, double Max) Y)
{
    /// <summary>Whether the horizontal axis is logarithmic. Limits and points are the plain values.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>A labelled position on the horizontal axis, or null.</summary>
    public (double X, string Label)? Mark { get; init; }

    /// <summary>The position of a value on the horizontal axis, from 0 to 1.</summary>
    public double Along(double x) => IsLogarithmic
        ? (Math.Log10(x) - Math.Log10(X.Min)) / (Math.Log10(X.Max) - Math.Log10(X.Min))
        : (x - X.Min) / (X.Max - X.Min);

    /// <summary>The position of a value on the vertical axis, from 0 to 1.</summary>
    public double Up(double y) => (y - Y.Min) / (Y.Max - Y.Min);
}
