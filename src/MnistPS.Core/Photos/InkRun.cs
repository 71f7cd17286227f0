namespace MnistPS.Photos;

/// <summary>A run of ink: adjacent pixels of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Start">The first column.</param>
/// <param name="End">The column after the last.</param>
internal readonly record struct InkRun(int Row, int Start, int End)
{
    /// <summary>The number of pixels.</summary>
    public int Length => End - Start;

    /// <summary>The column of its middle.</summary>
    public double Middle => 0.5 * (Start + End);
}
