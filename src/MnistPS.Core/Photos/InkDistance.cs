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
        foreach (InkRun run in one.Runs)
        {
            foreach (InkRun far in other.Runs)
            {
                double down = Math.Max(0, Math.Abs(run.Row - far.Row) - 1);
                double across = Math.Max(0, Math.Max(run.Start, far.Start) - Math.Min(run.End, far.End));
                least = Math.Min(least, (down * down) + (across * across));
            }
        }

        double distance = Math.Sqrt(least);
        return distance <= most ? distance : double.PositiveInfinity;
    }
}
