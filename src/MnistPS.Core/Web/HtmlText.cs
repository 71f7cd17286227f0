using System.Globalization;
using System.Net;
using MnistPS.Formats;

namespace MnistPS.Web;

/// <summary>A fragment of HTML.</summary>
/// <param name="Text">The markup.</param>
internal readonly record struct HtmlText(string Text)
{
    private static readonly Encoder _encoder = new();

    /// <summary>Formats HTML. Values are encoded as text in the invariant culture unless they are HTML themselves.</summary>
    public static HtmlText Of(FormattableString html) => new(html.ToString(_encoder));

    /// <summary>Concatenates fragments.</summary>
    public static HtmlText Join(IEnumerable<HtmlText> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <summary>The image of a prediction as an element; its alternative text is the prediction.</summary>
    public static HtmlText Picture(Prediction prediction)
        => Of($"<img width=\"28\" height=\"28\" alt=\"{prediction}\" src=\"data:image/png;base64,{Convert.ToBase64String(GreyPng.Encode(prediction.GetImage()))}\">");

    /// <inheritdoc/>
    public override string ToString() => Text;

    private sealed class Encoder : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            HtmlText markup => markup.Text,
            IFormattable value => WebUtility.HtmlEncode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => WebUtility.HtmlEncode(arg?.ToString() ?? ""),
        };
    }
}
