namespace MnistPS.Photos;

/// <summary>Compares what is on both sides of a component's strokes. A pen's stroke has the same paper on both sides, and the edge of a sheet has not.</summary>
internal static class StrokeSides
{
    // The longest run that crosses a stroke, in stroke widths. Longer runs are along it.
    private const double LongestInStrokes = 2;

    // The ratio of the grey values on both sides of a stroke from which the sides are different things. A shadow falls on both sides of a stroke.
    private const double LargestRatio = 0.8;

    // The distances from a stroke to the paper beside it: some pixels, where the stroke's edge is blurred, and a share of the stroke's width.
    // A rule along a stroke is only beside it.
    private const int LeastDistance = 2;
    private const double NearInStrokes = 0.25;
    private const double FarInStrokes = 1.5;

    // The grey value, of 255, that is added before ratios are computed. It limits the ratios of dark grey values, which noise changes.
    private const float LeastGrey = 40;

    // The smallest number of places at which both sides are paper, and their smallest share. Fewer places do not stand for the stroke.
    private const int LeastCount = 4;
    private const double LeastCountShare = 0.25;

    /// <summary>Whether the sides of a component's strokes are different things, beside the strokes and farther away.</summary>
    /// <param name="component">The component.</param>
    /// <param name="contrast">The contrast map in which it was found.</param>
    /// <param name="level">The contrast of ink and of paper.</param>
    /// <param name="photo">The photo.</param>
    public static bool Differ(InkComponent component, Plane contrast, InkLevel level, Photo photo)
        => Ratio(component, contrast, level, photo, NearInStrokes) <= LargestRatio && Ratio(component, contrast, level, photo, FarInStrokes) <= LargestRatio;

    /// <summary>
    /// The median ratio of the darker side to the lighter side, from 0 to 1, in the colour channel where it is smallest. Places where other ink is beside
    /// the stroke do not count. The result is 1 where too few places count.
    /// </summary>
    private static double Ratio(InkComponent component, Plane contrast, InkLevel level, Photo photo, double distanceInStrokes)
    {
        int most = Math.Min(Math.Max(level.Paper, level.Threshold / 8), byte.MaxValue - 1);
        int factor = Math.Max(photo.Width, photo.Height) / Math.Max(contrast.Width, contrast.Height);
        int distance = LeastDistance + (int)(distanceInStrokes * component.StrokeWidth);
        List<float>[] ratios = [[], [], []];
        int count = 0;
        foreach (((int X, int Y) before, (int X, int Y) after) in Crossings(component, distance))
        {
            count++;
            if (IsPaper(contrast, before.X, before.Y, most) && IsPaper(contrast, after.X, after.Y, most))
            {
                (float Red, float Green, float Blue) one = photo.Around(before.X * factor, before.Y * factor);
                (float Red, float Green, float Blue) other = photo.Around(after.X * factor, after.Y * factor);
                ratios[0].Add(Ratio(one.Red, other.Red));
                ratios[1].Add(Ratio(one.Green, other.Green));
                ratios[2].Add(Ratio(one.Blue, other.Blue));
            }
        }

        return ratios[0].Count < Math.Max(LeastCount, LeastCountShare * count) ? 1 : ratios.Min(Median.Of);
    }

    /// <summary>The pixels on both sides of each place where a row or a column crosses a stroke.</summary>
    private static IEnumerable<((int X, int Y) Before, (int X, int Y) After)> Crossings(InkComponent component, int distance)
    {
        double longest = LongestInStrokes * component.StrokeWidth;
        foreach (InkRun run in component.Runs.Where(run => run.Length <= longest))
        {
            yield return ((run.Start - distance, run.Row), (run.End - 1 + distance, run.Row));
        }

        foreach (InkRun run in component.Columns().Where(run => run.Length <= longest))
        {
            yield return ((run.Row, run.Start - distance), (run.Row, run.End - 1 + distance));
        }
    }

    /// <summary>Whether a pixel and its neighbours, with which its colour is averaged, are paper.</summary>
    private static bool IsPaper(Plane contrast, int column, int row, int most)
    {
        if (column < 1 || row < 1 || column >= contrast.Width - 1 || row >= contrast.Height - 1)
        {
            return false;
        }

        for (int y = row - 1; y <= row + 1; y++)
        {
            if (contrast.Values.AsSpan((y * contrast.Width) + column - 1, 3).ContainsAnyInRange((byte)(most + 1), byte.MaxValue))
            {
                return false;
            }
        }

        return true;
    }

    private static float Ratio(float one, float other) => (Math.Min(one, other) + LeastGrey) / (Math.Max(one, other) + LeastGrey);
}
