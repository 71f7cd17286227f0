namespace MnistPS.Photos;

/// <summary>The rules of a sheet.</summary>
/// <param name="Across">The rules from left to right.</param>
/// <param name="Down">The rules from top to bottom, with columns and rows exchanged.</param>
internal sealed record Rules(IReadOnlyList<Rule> Across, IReadOnlyList<Rule> Down)
{
    /// <summary>The number of rules.</summary>
    public int Count => Across.Count + Down.Count;

    /// <summary>Their mean thickness, in pixels. It is 0 where there are none.</summary>
    public double Thickness => Across.Concat(Down).Select(rule => rule.Thickness).DefaultIfEmpty().Average();

    /// <summary>Whether all pixels of a component are on rules.</summary>
    public bool Hold(InkComponent component) => component.Runs.All(run => Enumerable.Range(run.Start, run.Length).All(column => Hold(column, run.Row)));

    private bool Hold(int column, int row) => Across.Any(rule => rule.Holds(column, row)) || Down.Any(rule => rule.Holds(row, column));
}
