namespace MnistPS;

/// <summary>A prediction with class names other than digits.</summary>
public sealed class NamedPrediction : Prediction
{
    /// <inheritdoc/>
    internal NamedPrediction(MnistImage image, int label, double[] scores, double likeness, double minimumConfidence)
        : base(image, label, scores, likeness, minimumConfidence)
    {
    }

    /// <summary>The name of the predicted label, such as <c>Sneaker</c>, or null if the image is rejected.</summary>
    public string? LabelName => Label is int label ? ClassNames[label] : null;

    /// <summary>The name of the image's label, or null without one.</summary>
    public string? ExpectedName => Expected is int expected ? ClassNames[expected] : null;
}
