namespace MnistPS.Photos;

/// <summary>
/// Tells digits that the photo's border cuts from those that only touch it. A stroke that goes on outside is as wide at the border as within.
/// A stroke's round end and the side of a curve are narrower at the border. A stroke, a frame or a dark rim along the border is longer there.
/// </summary>
internal static class BorderCut
{
    // The smallest and the largest length of ink along the border where a stroke crosses it, in stroke widths. The width of a straight stroke is
    // overestimated by a third, and a stroke that is tilted by 60 degrees is twice as long there.
    private const double LeastInStrokes = 0.6;
    private const double MostInStrokes = 2;

    // The smallest length as a share of the length within, and the distance of the latter from the border, in stroke widths.
    private const double LeastShare = 0.75;
    private const double Depth = 0.5;

    /// <summary>Whether a stroke of a component crosses the border of its photo.</summary>
    public static bool Crosses(InkComponent component, Plane photo)
    {
        Box box = component.Box;
        return (box.Top <= 0 && Crosses(component.Runs, 0, 1, component.StrokeWidth))
            || (box.Bottom >= photo.Height && Crosses(component.Runs, photo.Height - 1, -1, component.StrokeWidth))
            || (box.Left <= 0 && Crosses(component.Columns(), 0, 1, component.StrokeWidth))
            || (box.Right >= photo.Width && Crosses(component.Columns(), photo.Width - 1, -1, component.StrokeWidth));
    }

    /// <summary>Whether a stroke crosses a side of the photo.</summary>
    /// <param name="runs">The runs of ink along this side.</param>
    /// <param name="border">The row of the side.</param>
    /// <param name="inwards">The step to the next row within, 1 or -1.</param>
    /// <param name="width">The stroke width.</param>
    private static bool Crosses(IReadOnlyList<InkRun> runs, int border, int inwards, double width)
    {
        int within = border + (inwards * Math.Max(1, (int)Math.Round(Depth * width)));
        return runs.Any(run => run.Row == border && run.Length >= LeastInStrokes * width && run.Length <= MostInStrokes * width
            && runs.All(other => other.Row != within || other.Start >= run.End || other.End <= run.Start || run.Length >= LeastShare * other.Length));
    }
}
