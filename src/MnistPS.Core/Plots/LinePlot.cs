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

    /// <summary>What the names of the lines are values of, or an empty text.</summary>
    public string LegendTitle { get; init; } = "";

    /// <summary>The names and colours that a reader must be told: none where there is one line a panel.</summary>
    public IReadOnlyList<(string Name, int Color)> Legend { get; init; } = [];

    /// <summary>Numbers that are not finite and so have no place in it.</summary>
    public int SkippedCount { get; init; }

    /// <summary>Panels one below the other.</summary>
    public int Rows => (Panels.Count + Columns - 1) / Columns;

    /// <inheritdoc/>
    public override (int Width, int Height) NaturalSize
        => (Math.Max(2, Columns) * PanelWidth, Heading + Math.Max(Rows * PanelHeight, Columns == 1 ? 2 * PanelHeight * 4 / 5 : 0));
}
