namespace MnistPS.Photos;

/// <summary>The distance between components, and between groups.</summary>
internal static class InkDistance
{
    /// <summary>The smallest gap between two groups, in pixels, or infinity where it is larger than <paramref name="most"/>.</summary>
    public static double Between(DigitGroup one, DigitGroup other, double most)
        => one.Components.Min(component => other.Components.Min(far => Between(component, far, most)));

    /// <summary>The smallest gap between two components, in pixels, or infinity where it is larger than <paramref name="most"/>.</summary>
    public static double Between(InkComponent one, InkComponent other, double most)
    {
        if (one.Box.GapAcross(other.Box) > most || one.Box.GapDown(other.Box) > most)
        {
            return double.PositiveInfinity;
        }

        double least = double.PositiveInfinity;
        int first = 0;
        foreach (InkRun run in one.Runs)
        {
            // The runs are sorted by row, and only rows that are near enough are compared.
            while (first < other.Runs.Count && other.Runs[first].Row < run.Row - most - 1)
            {
                first++;
            }

            for (int i = first; i < other.Runs.Count && other.Runs[i].Row <= run.Row + most + 1; i++)
            {
                InkRun far = other.Runs[i];
                double down = Math.Max(0, Math.Abs(run.Row - far.Row) - 1);
                double across = Math.Max(0, Math.Max(run.Start, far.Start) - Math.Min(run.End, far.End));
                least = Math.Min(least, (down * down) + (across * across));
            }
        }

        double distance = Math.Sqrt(least);
        return distance <= most ? distance : double.PositiveInfinity;
    }
}
