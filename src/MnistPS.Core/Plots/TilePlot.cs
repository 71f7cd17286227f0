namespace MnistPS.Plots;

/// <summary>A sheet of small pictures.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Note">A line below it.</param>
/// <param name="Tiles">The pictures, at least one.</param>
/// <param name="IsDiverging">Whether values go from -1 to 1, with a colour for each sign, instead of from paper to ink.</param>
internal sealed record TilePlot(string Title, string Note, IReadOnlyList<Tile> Tiles, bool IsDiverging) : Plot(Title, Note)
{
    /// <summary>The most pictures on a sheet.</summary>
    public const int Most = 400;

    /// <summary>The gap between tiles as a share of their distance.</summary>
    public const double GapShare = 0.09;

    private const int NaturalWidth = 1064;
    private const int WidestTile = 130;
    private const int LeastWidth = 424;

    // Margins and heading.
    private const int Beside = 56;
    private const int AboveAndBelow = 99;

    /// <summary>The height of a caption as a share of the tiles' distance.</summary>
    public double CaptionShare => Tiles.Any(tile => tile.Caption.Length > 0) ? 0.23 : 0;

    /// <inheritdoc/>
    public override (int Width, int Height) NaturalSize
    {
        get
        {
            int most = Math.Max((int)Math.Ceiling(Math.Sqrt(1.4 * Tiles.Count)), Math.Min(5, Tiles.Count));
            int rows = (Tiles.Count + most - 1) / most;
            return SizeOf((Tiles.Count + rows - 1) / rows);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A tall or wide picture arranges the tiles for its proportion, so no part stays empty.</remarks>
    public override double ScaleFor(int width, int height)
        => Enumerable.Range(1, Tiles.Count).Max(columns => Fill(SizeOf(columns), width, height));

    /// <summary>The columns that make the tiles largest on a sheet, and the tiles' distance then.</summary>
    /// <param name="width">The width for tiles.</param>
    /// <param name="height">The height for tiles.</param>
    public (int Columns, double Distance) LayOut(double width, double height)
        => Enumerable.Range(1, Tiles.Count)
            .Select(columns => (columns, Math.Min(width / (columns - GapShare), height / HeightOf((Tiles.Count + columns - 1) / columns))))
            .MaxBy(layout => layout.Item2);

    private (int Width, int Height) SizeOf(int columns)
    {
        double distance = Math.Min(WidestTile, NaturalWidth / (columns - GapShare));
        return (
            Beside + Math.Max(LeastWidth, (int)Math.Ceiling(distance * (columns - GapShare))),
            AboveAndBelow + (int)Math.Ceiling(distance * HeightOf((Tiles.Count + columns - 1) / columns)));
    }

    private double HeightOf(int rows) => rows * (1 + CaptionShare) - GapShare;
}

/// <summary>A small picture on a sheet.</summary>
/// <param name="Caption">The caption below it; may be empty.</param>
/// <param name="Rows">Its height.</param>
/// <param name="Columns">Its width.</param>
/// <param name="Values">Its values, row by row: from 0 (paper) to 1 (ink), or from -1 to 1 for diverging colours.</param>
internal sealed record Tile(string Caption, int Rows, int Columns, double[] Values)
{
    /// <summary>Whether the caption is highlighted, such as that of a mistake.</summary>
    public bool StandsOut { get; init; }
}
