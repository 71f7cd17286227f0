namespace MnistPS;

/// <summary>What a network reads in an image whose labels stand for something else than digits.</summary>
public sealed class NamedPrediction : Prediction
{
    /// <inheritdoc/>
    internal NamedPrediction(MnistImage image, int label, double[] scores, double likeness, double minimumConfidence)
        : base(image, label, scores, likeness, minimumConfidence)
    {
    }

    /// <summary>What the predicted label stands for, such as <c>Sneaker</c>, or null if the image is rejected.</summary>
    public string? LabelName => Label is int label ? ClassNames[label] : null;

    /// <summary>What the label stands for that the image has, or null if it has none.</summary>
    public string? ExpectedName => Expected is int expected ? ClassNames[expected] : null;
}
