namespace MnistPS.Photos;

/// <summary>Pixels of ink beside each other in a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Start">The first column.</param>
/// <param name="End">The column behind the last.</param>
internal readonly record struct InkRun(int Row, int Start, int End)
{
    /// <summary>Pixels.</summary>
    public int Length => End - Start;
}
