namespace MnistPS.Web;

/// <summary>A network's error and accuracy by epoch: training, validation if there is some, and test.</summary>
internal static class CurvesSvg
{
    private const int Width = 440;
    private const int Height = 270;
    private const int Left = 52;
    private const int Right = 16;
    private const int Top = 16;
    private const int Bottom = 36;

    /// <summary>Draws two panels and their legend.</summary>
    public static HtmlText Draw(IReadOnlyList<EpochMetrics> history)
    {
        Line[] errors = Lines(history, metrics => metrics.TrainingError, metrics => metrics.ValidationError, metrics => metrics.TestError);
        Line[] accuracies = Lines(history, metrics => metrics.TrainingAccuracy, metrics => metrics.ValidationAccuracy, metrics => metrics.TestAccuracy);
        HtmlText legend = HtmlText.Join(errors.Select(line => HtmlText.Of($"<span class=\"{line.Class}\">{line.Name}</span> ")));
        return HtmlText.Of($"<div class=\"panels\">{Panel("Error", errors, isShare: false)}{Panel("Accuracy", accuracies, isShare: true)}</div><p class=\"legend\">{legend}</p>");
    }

    private static Line[] Lines(
        IReadOnlyList<EpochMetrics> history, Func<EpochMetrics, double> training, Func<EpochMetrics, double?> validation, Func<EpochMetrics, double?> test)
    {
        Line[] lines =
        [
            new("training", "training", [.. history.Select(metrics => new Point(metrics.Epoch, training(metrics)))]),
            new("validation", "validation", [.. history.Where(metrics => validation(metrics) is not null).Select(metrics => new Point(metrics.Epoch, validation(metrics)!.Value))]),
            new("test", "test", [.. history.Where(metrics => test(metrics) is not null).Select(metrics => new Point(metrics.Epoch, test(metrics)!.Value))]),
        ];
        return [.. lines.Select(line => line with { Points = [.. line.Points.Where(point => double.IsFinite(point.Y))] }).Where(line => line.Points.Length > 0)];
    }

    private static HtmlText Panel(string title, Line[] lines, bool isShare)
    {
        double[] values = [.. lines.SelectMany(line => line.Points).Select(point => point.Y)];
        int[] epochs = [.. lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order()];
        if (values.Length == 0)
        {
            return HtmlText.Of($"<p>No {title} is a number.</p>");
        }

        double low = isShare ? values.Min() : 0;
        double high = isShare ? 1 : values.Max();
        double step = NiceStep((high - low) / 4);
        low = Math.Floor(low / step) * step;
        high = isShare ? 1 : Math.Max(Math.Ceiling(high / step) * step, low + step);
        int first = epochs[0];
        int last = Math.Max(epochs[^1], first + 1);

        double X(double epoch) => epochs.Length == 1 ? (Left + Width - Right) / 2.0 : Left + ((epoch - first) / (last - first) * (Width - Left - Right));
        double Y(double value) => Top + ((high - value) / (high - low) * (Height - Top - Bottom));
        string Name(double value) => FormattableString.Invariant(isShare ? (FormattableString)$"{100 * value:0.##} %" : $"{value:0.####}");

        int ticks = (int)Math.Round((high - low) / step);
        HtmlText rows = HtmlText.Join(Enumerable.Range(0, ticks + 1).Select(i => low + (i * step)).Select(value => HtmlText.Of(
            $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{Name(value)}</text>")));
        int every = (int)Math.Ceiling(epochs.Length / 10.0);
        HtmlText columns = HtmlText.Join(epochs.Where((_, i) => i % every == 0).Select(epoch => HtmlText.Of(
            $"<text x=\"{X(epoch):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{epoch}</text>")));
        HtmlText curves = HtmlText.Join(lines.Select(line => HtmlText.Of(
            $"<g class=\"{line.Class}\"><polyline points=\"{string.Join(' ', line.Points.Select(point => FormattableString.Invariant($"{X(point.X):0.#},{Y(point.Y):0.#}")))}\"/>{Dots(line)}</g>")));
        string story = string.Join("; ", lines.Select(line => $"{line.Name} from {Name(line.Points[0].Y)} to {Name(line.Points[^1].Y)}"));
        return HtmlText.Of(
            $"<figure><figcaption>{title}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title} by epoch: {story}\">{rows}{columns}<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 2}\" text-anchor=\"middle\">epoch</text>{curves}</svg></figure>");

        HtmlText Dots(Line line) => HtmlText.Join(line.Points.Select(point => HtmlText.Of(
            $"<circle cx=\"{X(point.X):0.#}\" cy=\"{Y(point.Y):0.#}\" r=\"3\"><title>epoch {point.X}, {line.Name}: {Name(point.Y)}</title></circle>")));
    }

    /// <summary>The smallest of 1, 2, 5, 10, … and their tenths and hundredths that is not below a step.</summary>
    private static double NiceStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(step, 1e-6))));
        return power * (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private readonly record struct Point(int X, double Y);

    private sealed record Line(string Class, string Name, Point[] Points);
}
