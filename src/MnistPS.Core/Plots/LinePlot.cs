namespace MnistPS.Plots;

/// <summary>Panels of lines, row by row.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Note">A line below it.</param>
/// <param name="Panels">The panels, row by row.</param>
/// <param name="Columns">Panels side by side.</param>
internal sealed record LinePlot(string Title, string Note, IReadOnlyList<LinePanel> Panels, int Columns) : Plot(Title, Note)
{
    private const int PanelWidth = 560;
    private const int PanelHeight = 330;
    private const int Heading = 90;

    /// <summary>The property whose values the names of the lines are, or an empty string.</summary>
    public string LegendTitle { get; init; } = "";

    /// <summary>Names and colours of the legend: none with one line per panel.</summary>
    public IReadOnlyList<(string Name, int Color)> Legend { get; init; } = [];

    /// <summary>Values that are left out since they are not finite.</summary>
    public int SkippedCount { get; init; }

    /// <summary>Rows of panels.</summary>
    public int Rows => (Panels.Count + Columns - 1) / Columns;

    /// <inheritdoc/>
    public override (int Width, int Height) NaturalSize
        => (Math.Max(2, Columns) * PanelWidth, Heading + Math.Max(Rows * PanelHeight, Columns == 1 ? 2 * PanelHeight * 4 / 5 : 0));
}

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

/// <summary>A line.</summary>
/// <param name="Name">Its name. Lines of one name share a colour and an entry of the legend.</param>
/// <param name="Color">The index of its colour, from 0.</param>
/// <param name="X">The x values of its points, ascending.</param>
/// <param name="Y">The y values, one per point; one that is not finite is a gap.</param>
internal sealed record LineSeries(string Name, int Color, double[] X, double[] Y)
{
    /// <summary>Its points without gaps.</summary>
    public IEnumerable<(double X, double Y)> Points => X.Zip(Y).Where(point => double.IsFinite(point.Second));

    /// <summary>Its points between gaps.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Pieces
    {
        get
        {
            List<(double X, double Y)> piece = [];
            for (int i = 0; i < X.Length; i++)
            {
                if (double.IsFinite(Y[i]))
                {
                    piece.Add((X[i], Y[i]));
                }
                else if (piece.Count > 0)
                {
                    yield return piece;
                    piece = [];
                }
            }

            if (piece.Count > 0)
            {
                yield return piece;
            }
        }
    }
}
