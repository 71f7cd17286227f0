namespace MnistPS.Photos;

/// <summary>Ink that hangs together.</summary>
/// <param name="Runs">Its pixels, row by row.</param>
/// <param name="Box">The rectangle around it.</param>
/// <param name="Area">Its pixels.</param>
/// <param name="Perimeter">The length of its edge in pixels, holes included.</param>
internal sealed record InkComponent(IReadOnlyList<InkRun> Runs, Box Box, int Area, double Perimeter)
{
    /// <summary>How wide its strokes are in pixels: w of a stroke whose area is w · l and whose edge is 2 · (w + l).</summary>
    public double StrokeWidth
    {
        get
        {
            double root = (Perimeter * Perimeter) - (16.0 * Area);
            return root > 0 ? (Perimeter - Math.Sqrt(root)) / 4 : Math.Sqrt(Area);
        }
    }
}
