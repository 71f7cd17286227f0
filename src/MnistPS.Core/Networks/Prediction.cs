namespace MnistPS;

/// <summary>What a network reads in an image.</summary>
public sealed record Prediction
{
    /// <summary>Position of the image in its set, or in the pipeline for a bare array.</summary>
    public required int Index { get; init; }

    /// <summary>The digit that the network reads.</summary>
    public required int Label { get; init; }

    /// <summary>The digit that was written, or null if nobody said.</summary>
    public int? Expected { get; init; }

    /// <summary>Whether the two agree, or null if nobody said what was written.</summary>
    public bool? IsCorrect => Expected is int expected ? expected == Label : null;

    /// <summary>The score of the label, from 0 to 1.</summary>
    public double Confidence => Math.Clamp(Scores[Label], 0, 1);

    /// <summary>
    /// A score for each digit, (10): probabilities that add up to 1 for a network trained by cross-entropy, the outputs as they are otherwise.
    /// </summary>
    public required double[] Scores { get; init; }

    /// <summary>A line, such as <c>image 8: 5 read as 6</c>.</summary>
    public override string ToString() => Expected is int expected ? $"image {Index}: {expected} read as {Label}" : $"image {Index}: read as {Label}";
}
