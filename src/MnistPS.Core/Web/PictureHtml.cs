using MnistPS.Formats;

namespace MnistPS.Web;

/// <summary>Images of digits in a page.</summary>
internal static class PictureHtml
{
    /// <summary>The image of a prediction; its alternative text is the prediction.</summary>
    public static HtmlText Draw(Prediction prediction)
        => HtmlText.Of($"<img width=\"28\" height=\"28\" alt=\"{prediction}\" src=\"data:image/png;base64,{Convert.ToBase64String(GreyPng.Encode(prediction.GetImage()))}\">");
}
