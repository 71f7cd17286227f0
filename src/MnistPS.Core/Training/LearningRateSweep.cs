namespace MnistPS;

/// <summary>
/// The losses of a training whose learning rate rises from step to step, and the suggested rate. Source: the learning rate range test of L. N. Smith,
/// "Cyclical Learning Rates for Training Neural Networks", arXiv:1506.01186, section 3.3, as in fastai (<c>lr_find</c>) and Lightning
/// (<c>Tuner.lr_find</c>): rates in equal ratios, a smoothed loss, the end where it has grown to four times its best.
/// </summary>
public sealed class LearningRateSweep
{
    // Points skipped at each end: the first are means of few losses, and at the last the loss may rise already.
    private const int SkippedAtStart = 10;
    private const int SkippedAtEnd = 1;

    internal LearningRateSweep(IEnumerable<LearningRatePoint> points)
    {
        Points = Array.AsReadOnly(points.ToArray());
        SuggestedRate = SteepestDescent(Points);
    }

    /// <summary>The steps, in the order of their rates.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>
    /// The rate at which the smoothed loss falls fastest by the logarithm of the rate, as fastai's <c>steep</c> and Lightning's <c>suggestion</c>; null
    /// if it never falls.
    /// </summary>
    public double? SuggestedRate { get; }

    /// <summary>A line, such as <c>100 rates from 1E-06 to 10, suggested 0.00123</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Points.Count} rates from {Points[0].Rate:G3} to {Points[^1].Rate:G3}, suggested ")
            + (SuggestedRate is double rate ? FormattableString.Invariant($"{rate:G3}") : "none");

    /// <summary>The rate of the steepest slope, of all points with a neighbour on both sides, by NumPy's <c>gradient</c>.</summary>
    private static double? SteepestDescent(IReadOnlyList<LearningRatePoint> points)
    {
        double steepest = 0;
        double? rate = null;
        int first = Math.Min(SkippedAtStart, points.Count / SkippedAtStart) + 1;
        for (int i = first; i + 1 + SkippedAtEnd < points.Count; i++)
        {
            double slope = points[i + 1].SmoothedLoss - points[i - 1].SmoothedLoss;
            if (slope < steepest)
            {
                steepest = slope;
                rate = points[i].Rate;
            }
        }

        return rate;
    }
}
