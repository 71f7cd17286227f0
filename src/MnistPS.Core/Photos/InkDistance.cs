namespace MnistPS.Photos;

/// <summary>How far ink is from other ink.</summary>
internal static class InkDistance
{
    /// <summary>The pixels of paper between two components at their nearest, or infinity where it is more than <paramref name="most"/>.</summary>
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
