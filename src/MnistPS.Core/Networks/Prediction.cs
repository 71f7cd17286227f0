namespace MnistPS;

/// <summary>A network's prediction for an image.</summary>
public class Prediction
{
    private readonly MnistImage _image;

    /// <summary>A prediction of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="label">The predicted digit.</param>
    /// <param name="scores">A score for each digit, (10).</param>
    internal Prediction(MnistImage image, int label, double[] scores)
    {
        _image = image;
        Label = label;
        Scores = new DigitScores(scores);
    }

    /// <summary>Position of the image in its set, or in the pipeline for a bare array.</summary>
    public int Index => _image.Index;

    /// <summary>The predicted digit.</summary>
    public int Label { get; }

    /// <summary>The written digit, or null if unknown.</summary>
    public int? Expected => _image.Label;

    /// <summary>Whether the two agree, or null if the written digit is unknown.</summary>
    public bool? IsCorrect => Expected is int expected ? expected == Label : null;

    /// <summary>The score of the label, from 0 to 1.</summary>
    public double Confidence => Math.Clamp(Scores[Label], 0, 1);

    /// <summary>
    /// A score for each digit, (10): probabilities that add up to 1 for a network trained by cross-entropy, the unchanged outputs otherwise. Its text is
    /// the ten scores.
    /// </summary>
    public DigitScores Scores { get; }

    /// <summary>The loss of its network, which determines what the scores are.</summary>
    internal LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>What labels stand for.</summary>
    internal IReadOnlyList<string> ClassNames { get; init; } = MnistPS.ClassNames.Digits;

    /// <summary>The image that was read. A method, so that it becomes no column of a CSV and no part of JSON.</summary>
    public MnistImage GetImage() => _image;

    /// <summary>A line, such as <c>image 8: 5 read as 6</c>.</summary>
    public override string ToString() => Expected is int expected
        ? $"image {Index}: {ClassNames[expected]} read as {ClassNames[Label]}"
        : $"image {Index}: read as {ClassNames[Label]}";
}
