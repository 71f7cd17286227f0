namespace MnistPS;

/// <summary>
/// The losses of one training whose learning rate rises from step to step, and the rate that they suggest. Source: the learning rate range test of
/// L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", arXiv:1506.01186, section 3.3, in the form that fastai (<c>lr_find</c>) and
/// Lightning (<c>Tuner.lr_find</c>) have given it: rates in equal ratios, the loss smoothed, the end where it has grown to four times its best.
/// </summary>
public sealed class LearningRateSweep
{
    // As many points at each end tell nothing: the first are of a mean of few, in the last the loss may turn already.
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
    /// Where the smoothed loss falls fastest by the logarithm of the rate, as fastai's <c>steep</c> and Lightning's <c>suggestion</c>; null if it falls
    /// nowhere.
    /// </summary>
    public double? SuggestedRate { get; }

    /// <summary>A line, such as <c>100 rates from 1E-06 to 10, suggested 0.00123</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Points.Count} rates from {Points[0].Rate:G3} to {Points[^1].Rate:G3}, suggested ")
            + (SuggestedRate is double rate ? FormattableString.Invariant($"{rate:G3}") : "none");

    /// <summary>The rate at the steepest of the slopes of all points that have a neighbour on both sides, as NumPy's <c>gradient</c> has them.</summary>
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
