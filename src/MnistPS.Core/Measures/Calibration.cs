namespace MnistPS;

/// <summary>
/// How far confidence agrees with accuracy: fifteen bins of equal width, ((m − 1) / 15, m / 15], the first with 0, and the expected calibration error Σ
/// (|B| / n) · |accuracy(B) − mean confidence(B)| (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", arXiv:1706.04599).
/// </summary>
internal sealed class Calibration
{
    private const int BinCount = 15;

    /// <summary>Bins predictions of images with known digits.</summary>
    public Calibration(IReadOnlyCollection<Prediction> labelled)
    {
        ILookup<int, Prediction> bins = labelled.ToLookup(prediction => Math.Max((int)Math.Ceiling(BinCount * prediction.Confidence) - 1, 0));
        Bins =
        [
            .. Enumerable.Range(0, BinCount).Select(i => new CalibrationBin(
                (double)i / BinCount,
                (i + 1.0) / BinCount,
                bins[i].Count(),
                bins[i].Any() ? bins[i].Average(prediction => prediction.Confidence) : 0,
                bins[i].Any() ? bins[i].Average(prediction => prediction.IsCorrect == true ? 1.0 : 0) : 0)),
        ];
        ExpectedError = Bins.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / labelled.Count;
    }

    /// <summary>The bins, by confidence.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>The expected calibration error, from 0 to 1.</summary>
    public double ExpectedError { get; }
}

/// <summary>Predictions of about the same confidence.</summary>
/// <param name="From">The confidence above which they are.</param>
/// <param name="To">The confidence up to which they are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Confidence">Their mean confidence, or 0 if there is none.</param>
/// <param name="Accuracy">The share of them that is right, or 0 if there is none.</param>
internal sealed record CalibrationBin(double From, double To, int Count, double Confidence, double Accuracy);
