namespace MnistPS.Plots;

/// <summary>A sheet of small pictures.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Note">A line below it.</param>
/// <param name="Tiles">The pictures, at least one.</param>
/// <param name="IsDiverging">Whether numbers go from -1 to 1, with a colour for each side of zero, and not from paper to ink.</param>
internal sealed record TilePlot(string Title, string Note, IReadOnlyList<Tile> Tiles, bool IsDiverging) : Plot(Title, Note)
{
    /// <summary>Pictures that a sheet has room for.</summary>
    public const int Most = 400;

    private const int NaturalWidth = 1120;
    private const int Heading = 100;
    private const int WidestTile = 130;

    /// <summary>The height of a caption as a share of a tile's side.</summary>
    public double CaptionShare => Tiles.Any(tile => tile.Caption.Length > 0) ? 0.26 : 0;

    /// <inheritdoc/>
    public override (int Width, int Height) NaturalSize
    {
        get
        {
            int columns = Math.Max((int)Math.Ceiling(Math.Sqrt(1.4 * Tiles.Count)), Math.Min(5, Tiles.Count));
            double side = Math.Min(WidestTile, (double)NaturalWidth / columns);
            int rows = (Tiles.Count + columns - 1) / columns;
            return (Math.Max(480, (int)(columns * side) + 40), Heading + (int)(rows * side * (1 + CaptionShare)));
        }
    }

    /// <summary>How many columns make tiles largest on a sheet.</summary>
    public int ColumnsFor(double width, double height)
    {
        return Enumerable.Range(1, Tiles.Count).MaxBy(columns =>
        {
            int rows = (Tiles.Count + columns - 1) / columns;
            return Math.Min(width / columns, height / (rows * (1 + CaptionShare)));
        });
    }
}
