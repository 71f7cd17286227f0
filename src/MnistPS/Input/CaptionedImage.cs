namespace MnistPS;

/// <summary>An image with a caption.</summary>
/// <param name="Image">The image.</param>
/// <param name="Caption">The caption; may be empty.</param>
internal readonly record struct CaptionedImage(MnistImage Image, string Caption = "")
{
    /// <summary>An image with a caption by its source.</summary>
    /// <param name="image">The image.</param>
    /// <param name="source">A prediction, a label in doubt, or null.</param>
    public static CaptionedImage Of(MnistImage image, object? source) => source switch
    {
        Prediction prediction => Of(prediction),
        LabelIssue issue => Of(issue),
        _ => new CaptionedImage(image),
    };

    /// <summary>The image of a prediction; the caption is what was read and, if that was wrong, what was expected.</summary>
    public static CaptionedImage Of(Prediction prediction)
        => new(prediction.GetImage(), prediction.Label is not int label ? "rejected"
            : prediction.IsCorrect == false ? $"{prediction.ClassNames[label]}, was {prediction.ClassNames[prediction.Expected!.Value]}" : prediction.ClassNames[label]);

    /// <summary>An image whose label is in doubt, with what it was read as instead.</summary>
    public static CaptionedImage Of(LabelIssue issue) => new(issue.GetImage(), $"labelled {issue.GetImage().LabelName}, read as {issue.SuggestedName}");
}
