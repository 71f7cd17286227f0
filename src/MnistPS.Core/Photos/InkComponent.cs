namespace MnistPS.Photos;

/// <summary>A connected component of ink.</summary>
/// <param name="Runs">Its runs of pixels, row by row.</param>
/// <param name="Box">Its bounding box.</param>
/// <param name="Area">The number of its pixels.</param>
/// <param name="Perimeter">The length of its edge, in pixels, with the edges of holes.</param>
internal sealed record InkComponent(IReadOnlyList<InkRun> Runs, Box Box, int Area, double Perimeter)
{
    /// <summary>The stroke width w, in pixels. A stroke of length l has the area w · l and the perimeter 2 · (w + l).</summary>
    public double StrokeWidth
    {
        get
        {
            double root = (Perimeter * Perimeter) - (16.0 * Area);
            return root > 0 ? (Perimeter - Math.Sqrt(root)) / 4 : Math.Sqrt(Area);
        }
    }

    /// <summary>Its vertical runs of pixels, column by column. The row of such a run is its column, and its start and end are rows.</summary>
    public List<InkRun> Columns()
    {
        byte[] turned = new byte[Box.Width * Box.Height];
        foreach (InkRun run in Runs)
        {
            for (int column = run.Start; column < run.End; column++)
            {
                turned[((column - Box.Left) * Box.Height) + run.Row - Box.Top] = 1;
            }
        }

        return [.. InkComponents.RunsOf(new Plane(Box.Height, Box.Width, turned))
            .Select(run => new InkRun(run.Row + Box.Left, run.Start + Box.Top, run.End + Box.Top))];
    }
}
