namespace MnistPS.Plots;

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
