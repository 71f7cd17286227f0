namespace MnistPS;

/// <summary>A network's prediction for an image.</summary>
public class Prediction
{
    private readonly MnistImage _image;

    /// <summary>A prediction of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="label">The digit of the largest score.</param>
    /// <param name="scores">A score for each digit, (10).</param>
    /// <param name="likeness">The likeness of the image to a digit, from 0 to 1, a factor of the confidence.</param>
    /// <param name="minimumConfidence">The threshold of the confidence; 0 rejects no image.</param>
    internal Prediction(MnistImage image, int label, double[] scores, double likeness = 1, double minimumConfidence = 0)
    {
        _image = image;
        Scores = new DigitScores(scores);
        Confidence = Math.Clamp(scores[label], 0, 1) * likeness;

        // NaN has no confidence.
        IsRejected = minimumConfidence > 0 && !(Confidence >= minimumConfidence);
        Label = IsRejected ? null : label;
    }

    /// <summary>Position of the image in its set, or in the pipeline for a bare array.</summary>
    public int Index => _image.Index;

    /// <summary>The digit that the network reads, or null if it is rejected.</summary>
    public int? Label { get; }

    /// <summary>The written digit, or null if unknown.</summary>
    public int? Expected => _image.Label;

    /// <summary>Whether the two are equal, or null if the written digit is unknown or the image is rejected.</summary>
    public bool? IsCorrect => Expected is int expected && Label is int label ? expected == label : null;

    /// <summary>
    /// The largest score, limited to 0 to 1. For a calibrated network it is the probability of the digit, multiplied by the likeness of the image to the
    /// digits that the network was trained on: 1 for 99 of 100 digits, down to 0.
    /// </summary>
    public double Confidence { get; }

    /// <summary>Whether its confidence is below the threshold.</summary>
    public bool IsRejected { get; }

    /// <summary>
    /// A score for each digit, (10): probabilities that add up to 1 for a network trained by cross-entropy, the unchanged outputs otherwise. Its text is
    /// the ten scores.
    /// </summary>
    public DigitScores Scores { get; }

    /// <summary>The loss of its network, which determines what the scores are.</summary>
    internal LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>The names of the labels.</summary>
    internal IReadOnlyList<string> ClassNames { get; init; } = MnistPS.ClassNames.Digits;

    /// <summary>The image. It is a method, so that it is no column of a CSV and no member of JSON.</summary>
    public MnistImage GetImage() => _image;

    /// <summary>A line, such as <c>image 8: 5 read as 6</c> or <c>image 8: 5 rejected</c>.</summary>
    public override string ToString()
    {
        string reading = Label is int label ? $"read as {ClassNames[label]}" : "rejected";
        return Expected is int expected ? $"image {Index}: {ClassNames[expected]} {reading}" : $"image {Index}: {reading}";
    }
}
