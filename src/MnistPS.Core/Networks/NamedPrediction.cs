namespace MnistPS;

/// <summary>What a network reads in an image whose labels stand for something else than digits.</summary>
public sealed class NamedPrediction : Prediction
{
    /// <inheritdoc/>
    internal NamedPrediction(MnistImage image, int label, double[] scores)
        : base(image, label, scores)
    {
    }

    /// <summary>What the label stands for that the network reads, such as <c>Sneaker</c>.</summary>
    public string LabelName => ClassNames[Label];

    /// <summary>What the label stands for that the image has, or null if it has none.</summary>
    public string? ExpectedName => Expected is int expected ? ClassNames[expected] : null;
}
