using System.Globalization;

namespace MnistPS.Plots;

/// <summary>
/// The tutorial's last figure: training and test side by side, errors above, accuracies below, over the epochs; validation between them if there is some.
/// The panels of a row share an axis.
/// </summary>
internal static class CurvePlots
{
    // The tutorial's colours. It draws the accuracy first.
    private const int ErrorColor = 1;
    private const int AccuracyColor = 0;

    private static readonly (string Title, Func<CurvePoint, double?> Error, Func<CurvePoint, double?> Accuracy)[] _sets =
    [
        ("Training set", point => point.TrainingError, point => point.TrainingAccuracy),
        ("Validation set", point => point.ValidationError, point => point.ValidationAccuracy),
        ("Test set", point => point.TestError, point => point.TestAccuracy),
    ];

    /// <summary>Creates the plot of some runs.</summary>
    /// <param name="runs">The runs. Runs of one name share a colour.</param>
    /// <param name="title">A heading, or null for the default.</param>
    /// <param name="legendTitle">The property whose values the runs' names are, or null.</param>
    /// <exception cref="MnistException">No value is finite (<c>NothingToPlot</c>).</exception>
    public static LinePlot Of(IReadOnlyList<CurveRun> runs, string? title, string? legendTitle)
    {
        string[] names = [.. runs.Select(run => run.Name).Distinct()];
        List<(string Title, Func<CurvePoint, double?> Of, bool IsError)> wanted = [];
        bool[] hasSet = [.. _sets.Select(set => IsAnyFinite(set.Error) || IsAnyFinite(set.Accuracy))];
        foreach (bool isError in new[] { true, false })
        {
            (string Title, Func<CurvePoint, double?> Of, bool IsError)[] row =
                [.. _sets.Where((_, i) => hasSet[i]).Select(set => ($"{set.Title} {(isError ? "error" : "accuracy")}", isError ? set.Error : set.Accuracy, isError))];
            if (row.Any(panel => IsAnyFinite(panel.Of)))
            {
                wanted.AddRange(row);
            }
        }

        if (wanted.Count == 0)
        {
            throw new MnistException("NothingToPlot", Fault.InvalidData,
                "There is no error and no accuracy that is a finite number, and so nothing to draw; the training may have diverged. Train again with a lower -LearningRate.");
        }

        double[] epochs = [.. runs.SelectMany(run => run.Points).Select(point => point.Epoch)];
        (double, double) x = epochs.Min() < epochs.Max() ? (epochs.Min(), epochs.Max()) : (epochs.Min() - 0.5, epochs.Min() + 0.5);
        int columns = hasSet.Count(has => has);
        LinePanel[] panels =
        [
            .. wanted.Select((panel, i) => new LinePanel(
                panel.Title,
                i >= wanted.Count - columns ? "Epoch" : "",
                [
                    .. runs.Select(run => new LineSeries(
                        run.Name,
                        names.Length > 1 ? Array.IndexOf(names, run.Name) : panel.IsError ? ErrorColor : AccuracyColor,
                        [.. run.Points.Select(point => point.Epoch)],
                        [.. run.Points.Select(point => panel.Of(point) ?? double.NaN)])),
                ],
                x,
                panel.IsError ? ErrorAxis() : AccuracyAxis())),
        ];
        return new LinePlot(title ?? "Error and accuracy", Note(runs), panels, columns)
        {
            LegendTitle = legendTitle ?? "",
            Legend = names.Length > 1 ? [.. names.Select((name, i) => (name, i))] : [],
            SkippedCount = runs.SelectMany(run => run.Points).Sum(point => _sets.Sum(set => IsSkipped(set.Error(point)) + IsSkipped(set.Accuracy(point)))),
        };

        bool IsAnyFinite(Func<CurvePoint, double?> of) => Values(of).Any();

        IEnumerable<double> Values(Func<CurvePoint, double?> of)
            => runs.SelectMany(run => run.Points).Select(point => of(point) ?? double.NaN).Where(double.IsFinite);

        (double, double) ErrorAxis()
        {
            double most = _sets.SelectMany(set => Values(set.Error)).DefaultIfEmpty().Max();
            return (0, most > 0 ? 1.06 * most : 1);
        }

        (double, double) AccuracyAxis()
        {
            // Up to 1, or to the largest value where another program writes percent.
            double[] all = [.. _sets.SelectMany(set => Values(set.Accuracy)).DefaultIfEmpty()];
            double most = Math.Max(1, all.Max());
            double span = Math.Max(most - all.Min(), 0.01);
            return (Math.Max(0, most - 1.08 * span), most + 0.04 * span);
        }
    }

    private static int IsSkipped(double? value) => value is double number && !double.IsFinite(number) ? 1 : 0;

    private static string Note(IReadOnlyList<CurveRun> runs)
    {
        (CurveRun Run, CurvePoint Point)[] tested =
            [.. runs.SelectMany(run => run.Points.Select(point => (run, point))).Where(at => at.point.TestAccuracy is double value && double.IsFinite(value))];
        int epochs = runs.Max(run => run.Points.Count);
        string count = (runs.Count, epochs) switch
        {
            (1, 1) => "1 epoch",
            (1, _) => $"{epochs} epochs",
            _ => $"{runs.Count} runs",
        };
        if (tested.Length == 0)
        {
            return count;
        }

        (CurveRun best, CurvePoint at) = tested.MaxBy(one => one.Point.TestAccuracy);
        string where = runs.Count > 1 ? $"{best.Name}, epoch {at.Epoch.ToString(CultureInfo.InvariantCulture)}" : $"epoch {at.Epoch.ToString(CultureInfo.InvariantCulture)}";
        return FormattableString.Invariant($"{count}, best test accuracy {at.TestAccuracy:0.0000} ({where})");
    }
}
