namespace MnistPS.Plots;

/// <summary>A small picture of a sheet.</summary>
/// <param name="Caption">What stands below it; may be empty.</param>
/// <param name="Rows">Its height.</param>
/// <param name="Columns">Its width.</param>
/// <param name="Values">Its numbers, row by row: from 0 (paper) to 1 (ink), or from -1 to 1 where colours diverge.</param>
internal sealed record Tile(string Caption, int Rows, int Columns, double[] Values)
{
    /// <summary>Whether its caption is to stand out, such as that of a mistake.</summary>
    public bool StandsOut { get; init; }
}
