namespace MnistPS.Web;

/// <summary>A reliability diagram: accuracy by confidence.</summary>
internal static class ReliabilitySvg
{
    private const int Side = 300;
    private const int Left = 46;
    private const int Bottom = 40;
    private const int Margin = 10;

    /// <summary>Draws a bar per bin, and the diagonal on which accuracy equals confidence.</summary>
    public static HtmlText Draw(Calibration calibration)
    {
        double X(double confidence) => Left + (confidence * Side);
        double Y(double accuracy) => Margin + ((1 - accuracy) * Side);

        HtmlText grid = HtmlText.Join(Enumerable.Range(0, 6).Select(i => i / 5.0).Select(share => HtmlText.Of(
            $"<line class=\"grid\" x1=\"{Left}\" x2=\"{X(1)}\" y1=\"{Y(share):0.#}\" y2=\"{Y(share):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(share) + 4:0.#}\" text-anchor=\"end\">{share:0.0}</text><text x=\"{X(share):0.#}\" y=\"{Y(0) + 18}\" text-anchor=\"middle\">{share:0.0}</text>")));
        HtmlText bars = HtmlText.Join(calibration.Bins.Where(bin => bin.Count > 0).Select(bin => HtmlText.Of(
            $"<g><title>{bin.Count} predictions of confidence {bin.From:0.00} to {bin.To:0.00}, {bin.Confidence:0.000} on average: {bin.Accuracy:0.000} of them right</title><rect class=\"right\" x=\"{X(bin.From) + 1:0.#}\" y=\"{Y(bin.Accuracy):0.#}\" width=\"{(double)Side / calibration.Bins.Count - 2:0.#}\" height=\"{Side * bin.Accuracy:0.#}\"/><rect class=\"gap\" x=\"{X(bin.From) + 1:0.#}\" y=\"{Y(Math.Max(bin.Accuracy, bin.Confidence)):0.#}\" width=\"{(double)Side / calibration.Bins.Count - 2:0.#}\" height=\"{Side * Math.Abs(bin.Accuracy - bin.Confidence):0.#}\"/></g>")));
        return HtmlText.Of(
            $"<svg viewBox=\"0 0 {Left + Side + Margin} {Margin + Side + Bottom}\" role=\"img\" aria-label=\"Reliability diagram: accuracy by confidence; the expected calibration error is {calibration.ExpectedError:0.0000}. The table below has its numbers.\">{grid}{bars}<line class=\"ideal\" x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\"/><text x=\"{X(0.5)}\" y=\"{Y(0) + 34}\" text-anchor=\"middle\">confidence</text><text transform=\"translate(11 {Y(0.5)}) rotate(-90)\" text-anchor=\"middle\">share that is right</text></svg>");
    }
}
