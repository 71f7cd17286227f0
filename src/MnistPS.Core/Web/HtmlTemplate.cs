using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MnistPS.Web;

/// <summary>
/// Fills an HTML page of this assembly: placeholders such as <c>{{title}}</c>, styles and scripts. The file makes no request: its Content-Security-Policy
/// (W3C, CSP Level 3) allows pictures within it, and its own style and script by their digests.
/// </summary>
internal static partial class HtmlTemplate
{
    // A digit as a 28 by 28 picture, so that browsers request no icon.
    private const string Icon =
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28'><rect width='28' height='28' rx='6' fill='%23d2401e'/><path d='M8 8h12l-8 13' fill='none' stroke='white' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/></svg>";

    /// <summary>Fills a template.</summary>
    /// <param name="name">The template, such as <c>page.html</c>.</param>
    /// <param name="styles">Its style sheets, in order.</param>
    /// <param name="scripts">Its scripts, in order.</param>
    /// <param name="title">Its title, as text.</param>
    /// <param name="places">The other placeholders and their HTML.</param>
    public static string Fill(string name, string[] styles, string[] scripts, string title, params (string Name, string Html)[] places)
    {
        string style = Concat(styles);
        string script = Concat(scripts);
        Dictionary<string, string> html = places.ToDictionary(place => place.Name, place => place.Html);
        html["title"] = WebUtility.HtmlEncode(title);
        html["style"] = style;
        html["script"] = script;
        html["icon"] = WebUtility.HtmlEncode(Icon);
        html["generator"] = $"MnistPS {typeof(HtmlTemplate).Assembly.GetName().Version?.ToString(3)}";
        html["policy"] =
            $"default-src 'none'; img-src data:; style-src '{Digest(style)}'; script-src '{Digest(script)}'; base-uri 'none'; form-action 'none'";

        // In one pass, so that placeholders in inserted text are not replaced.
        return Place().Replace(Read(name), place => html[place.Groups[1].Value]);
    }

    private static string Concat(string[] names) => string.Join('\n', names.Select(Read));

    private static string Read(string name)
    {
        using StreamReader reader = new(typeof(HtmlTemplate).Assembly.GetManifestResourceStream($"MnistPS.Web.{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Digest(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
