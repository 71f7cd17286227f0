namespace MnistPS.Plots;

/// <summary>The loss over the learning rates of a sweep.</summary>
internal static class LearningRatePlots
{
    /// <summary>Creates the plot of a sweep.</summary>
    /// <param name="steps">Rates and losses. Losses that are not finite and rates of 0 or less are left out.</param>
    /// <param name="suggested">The suggested rate, or null.</param>
    /// <param name="title">A heading, or null for the default.</param>
    /// <exception cref="MnistException">There is nothing to draw (<c>NothingToPlot</c>).</exception>
    public static LinePlot Of(IEnumerable<(double Rate, double Loss)> steps, double? suggested, string? title)
    {
        (double Rate, double Loss)[] all = [.. steps];
        (double Rate, double Loss)[] drawn =
            [.. all.Where(step => double.IsFinite(step.Rate) && step.Rate > 0 && double.IsFinite(step.Loss)).OrderBy(step => step.Rate)];
        if (drawn.Length == 0)
        {
            throw new MnistException("NothingToPlot", Fault.InvalidData,
                "There is no learning rate above 0 with a loss that is a finite number, and so nothing to draw. Give what Find-MnistLearningRate found.");
        }

        // A diverging loss is many times larger and would flatten the rest of the curve.
        double least = drawn.Min(step => step.Loss);
        double first = drawn[0].Loss;
        double most = Math.Min(drawn.Max(step => step.Loss), first + 0.6 * Math.Max(first - least, 0.1 * Math.Abs(first)));
        double span = Math.Max(most - least, 1e-9);
        (double, double) x = drawn[0].Rate < drawn[^1].Rate ? (drawn[0].Rate, drawn[^1].Rate) : (drawn[0].Rate / 2, drawn[0].Rate * 2);
        LinePanel panel = new(
            "Smoothed loss",
            "Learning rate",
            [new LineSeries("Loss", 0, [.. drawn.Select(step => step.Rate)], [.. drawn.Select(step => step.Loss)])],
            x,
            (least - 0.06 * span, most + 0.06 * span))
        {
            IsLogarithmic = true,
            Mark = suggested is double rate && double.IsFinite(rate) && rate > 0 ? (rate, FormattableString.Invariant($"suggested {rate:G3}")) : null,
        };
        string note = suggested is double best
            ? FormattableString.Invariant($"{drawn.Length} steps, suggested rate {best:G3}")
            : FormattableString.Invariant($"{drawn.Length} steps");
        return new LinePlot(title ?? "Learning rate sweep", note, [panel], 1) { SkippedCount = all.Length - drawn.Length };
    }
}
