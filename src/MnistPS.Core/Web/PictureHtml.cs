using MnistPS.Formats;

namespace MnistPS.Web;

/// <summary>Images of digits within a page.</summary>
internal static class PictureHtml
{
    /// <summary>The image that was read, and in words what it is read as.</summary>
    public static HtmlText Draw(Prediction prediction)
        => HtmlText.Of($"<img width=\"28\" height=\"28\" alt=\"{prediction}\" src=\"data:image/png;base64,{Convert.ToBase64String(GreyPng.Encode(prediction.GetImage()))}\">");
}
