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
