namespace MnistPS;

/// <summary>
/// How well a network read images with known digits. The values equal scikit-learn's <c>classification_report</c>, <c>confusion_matrix</c> and
/// <c>log_loss</c> of the same predictions.
/// </summary>
public sealed class PredictionSummary
{
    private PredictionSummary(IReadOnlyCollection<Prediction> labelled, int unlabelledCount, int rejectedCount)
    {
        int[][] counts = [.. Enumerable.Range(0, ConfusionMatrix.Digits).Select(_ => new int[ConfusionMatrix.Digits])];
        foreach (Prediction prediction in labelled)
        {
            counts[prediction.Expected!.Value][prediction.Label!.Value]++;
        }

        int[] readCounts = [.. Enumerable.Range(0, ConfusionMatrix.Digits).Select(read => counts.Sum(row => row[read]))];
        IReadOnlyList<string> names = labelled.First().ClassNames;
        DigitSummary[] digits = [.. counts.Select((row, digit) => new DigitSummary(digit, row.Sum(), readCounts[digit], row[digit], names[digit]))];
        Count = labelled.Count;
        UnlabelledCount = unlabelledCount;
        RejectedCount = rejectedCount;
        CorrectCount = Enumerable.Range(0, ConfusionMatrix.Digits).Sum(digit => counts[digit][digit]);
        Accuracy = (double)CorrectCount / Count;
        MeanLoss = MeanLossOf(labelled);
        ClassNames = names;
        ConfusionMatrix = new ConfusionMatrix(counts, names);
        Digits = Array.AsReadOnly(digits);

        DigitSummary[] met = Array.FindAll(digits, row => row.Count + readCounts[row.Digit] > 0);
        MacroPrecision = met.Average(row => row.Precision);
        MacroRecall = met.Average(row => row.Recall);
        MacroF1 = met.Average(row => row.F1);
        WeightedPrecision = digits.Sum(row => row.Count * row.Precision) / Count;
        WeightedRecall = digits.Sum(row => row.Count * row.Recall) / Count;
        WeightedF1 = digits.Sum(row => row.Count * row.F1) / Count;

        // OrderBy is stable: ties stay in order.
        MostConfused = Array.AsReadOnly(counts
            .SelectMany((row, expected) => row.Select((count, label) => new ConfusedPair(expected, label, count, names)))
            .Where(pair => pair.Expected != pair.Label && pair.Count > 0)
            .OrderByDescending(pair => pair.Count)
            .ToArray());
        Mistakes = Array.AsReadOnly(labelled
            .Where(prediction => prediction.IsCorrect == false)
            .OrderByDescending(prediction => prediction.Confidence)
            .ToArray());
    }

    /// <summary>Predictions of images with known digits that are not rejected. All other members but the next three measure these.</summary>
    public int Count { get; }

    /// <summary>Predictions of images without a known digit. They count nowhere else.</summary>
    public int UnlabelledCount { get; }

    /// <summary>Rejected predictions of images with known digits.</summary>
    public int RejectedCount { get; }

    /// <summary>The share of images with known digits that are not rejected, from 0 to 1. <see cref="Accuracy"/> is that of these.</summary>
    public double Coverage => (double)Count / (Count + RejectedCount);

    /// <summary>Correct predictions.</summary>
    public int CorrectCount { get; }

    /// <summary>The share of correct predictions, from 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>
    /// The mean loss per image, by the loss that the network was trained with. Cross-entropy is −log(score of the expected digit), clipped to ε = 2⁻⁵²
    /// from 0 and 1 as in scikit-learn's <c>log_loss</c>, without label smoothing. Squared error is Σ (target − score)². Null if the predictions come from
    /// networks of both losses.
    /// </summary>
    public double? MeanLoss { get; }

    /// <summary>The unweighted mean of the digits' precisions. As in scikit-learn, digits neither written nor read are left out.</summary>
    public double MacroPrecision { get; }

    /// <summary>The unweighted mean of the digits' recalls. Digits neither written nor read are left out.</summary>
    public double MacroRecall { get; }

    /// <summary>The unweighted mean of the digits' F1. Digits neither written nor read are left out.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean of the digits' precisions, weighted by their images.</summary>
    public double WeightedPrecision { get; }

    /// <summary>The mean of the digits' recalls, weighted by their images. It equals the accuracy.</summary>
    public double WeightedRecall { get; }

    /// <summary>The mean of the digits' F1, weighted by their images.</summary>
    public double WeightedF1 { get; }

    /// <summary>The names of the ten labels, from the first prediction.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How often each digit was read as each digit.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>One row per digit.</summary>
    public IReadOnlyList<DigitSummary> Digits { get; }

    /// <summary>The confused digits, most often first; ties by the smaller digit.</summary>
    public IReadOnlyList<ConfusedPair> MostConfused { get; }

    /// <summary>The wrong predictions, most confident first.</summary>
    public IReadOnlyList<Prediction> Mistakes { get; }

    /// <summary>A line, such as <c>9721 of 10000 read right, accuracy 0.9721</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{CorrectCount} of {Count} read right, accuracy {Accuracy:0.####}")
            + (RejectedCount > 0 ? FormattableString.Invariant($", {RejectedCount} more rejected") : "");

    /// <summary>Summarizes predictions.</summary>
    /// <exception cref="MnistException">There is none, or none that has a digit and is of an image whose digit is known (<c>NothingToMeasure</c>).</exception>
    internal static PredictionSummary Of(IReadOnlyCollection<Prediction> predictions)
    {
        Prediction[] labelled = [.. predictions.Where(prediction => prediction.Expected is not null)];
        Prediction[] read = Array.FindAll(labelled, prediction => !prediction.IsRejected);
        return read.Length > 0
            ? new PredictionSummary(read, predictions.Count - labelled.Length, labelled.Length - read.Length)
            : throw new MnistException("NothingToMeasure", Fault.InvalidArgument, predictions.Count == 0
                ? "No prediction came; one or more were expected, as Invoke-MnistPrediction gives them: $data.Test | Invoke-MnistPrediction $network | Measure-MnistPrediction"
                : labelled.Length > 0
                ? $"All {labelled.Length} predictions of images whose digit is known were rejected, so none is right or wrong. Predict with a smaller -MinimumConfidence."
                : $"None of the {predictions.Count} predictions is of an image whose digit is known, so none is right or wrong. Predict images of a set, such as $data.Test, and no bare arrays.");
    }

    private static double? MeanLossOf(IReadOnlyCollection<Prediction> labelled)
    {
        LossKind kind = labelled.First().Loss;
        return labelled.All(prediction => prediction.Loss == kind)
            ? labelled.Average(prediction => kind == LossKind.CrossEntropy ? CrossEntropy(prediction) : SquaredError(prediction))
            : null;
    }

    private static double CrossEntropy(Prediction prediction)
    {
        const double Epsilon = 1.0 / (1L << 52);
        return -Math.Log(Math.Clamp(prediction.Scores[prediction.Expected!.Value], Epsilon, 1 - Epsilon));
    }

    private static double SquaredError(Prediction prediction)
    {
        double sum = 0;
        for (int digit = 0; digit < ConfusionMatrix.Digits; digit++)
        {
            double difference = (digit == prediction.Expected ? 1 : 0) - prediction.Scores[digit];
            sum += difference * difference;
        }

        return sum;
    }
}
