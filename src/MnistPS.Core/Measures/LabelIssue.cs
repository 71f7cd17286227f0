namespace MnistPS;

/// <summary>An image whose label is probably wrong.</summary>
public sealed class LabelIssue
{
    private readonly MnistImage _image;

    internal LabelIssue(MnistImage image, int suggestedLabel, double margin)
    {
        _image = image;
        SuggestedLabel = suggestedLabel;
        Margin = margin;
    }

    /// <summary>The image's index in the training set.</summary>
    public int Index => _image.Index;

    /// <summary>The label that the image has.</summary>
    public int GivenLabel => _image.Label!.Value;

    /// <summary>The digit that networks read that were not trained on the image.</summary>
    public int SuggestedLabel { get; }

    /// <summary>The name of the suggested label.</summary>
    internal string SuggestedName => (_image.ClassNames ?? ClassNames.Digits)[SuggestedLabel];

    /// <summary>
    /// The score of the given label minus that of the suggested one: below 0, and −1 where the networks are certain that the label is wrong.
    /// </summary>
    public double Margin { get; }

    /// <summary>The image. It is a method, so that it is no column of a CSV and no member of JSON.</summary>
    public MnistImage GetImage() => _image;

    /// <summary>A line, such as <c>image 59915: labelled 7, read as 4</c>.</summary>
    public override string ToString() => $"image {Index}: labelled {_image.LabelName}, read as {SuggestedName}";
}
