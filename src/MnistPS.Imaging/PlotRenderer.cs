using System.Text;
using System.Text.RegularExpressions;
using MnistPS.Plots;
using SkiaSharp;
using Plot = MnistPS.Plots.Plot;

namespace MnistPS.Imaging;

/// <summary>Renders plots with Skia, and line axes with ScottPlot. The module creates it by name.</summary>
public sealed partial class PlotRenderer : IPlotRenderer
{
    private const float Margin = 28;
    private const float TitleSize = 21;
    private const float NoteSize = 13.5f;

    // Smaller text is not legible.
    private const float SmallestScale = 0.55f;

    // The fonts that replace Inter in an SVG where it is not installed.
    private const string SvgFamilies = "Inter, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

    /// <inheritdoc/>
    byte[] IPlotRenderer.Render(Plot plot, PlotFormat format, int width, int height, PlotTheme theme)
    {
        if (format == PlotFormat.Svg)
        {
            using MemoryStream stream = new();
            using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
            {
                Draw(canvas, plot, width, height, Palette.Of(theme));
            }

            return Encoding.UTF8.GetBytes(WithOwnNames(ForOtherFonts(Encoding.UTF8.GetString(stream.ToArray()))));
        }

        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (SKCanvas canvas = new(bitmap))
        {
            Draw(canvas, plot, width, height, Palette.Of(theme));
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    // Skia positions each glyph by the font's metrics. With another font the spacing would be uneven.
    private static string ForOtherFonts(string svg)
        => FirstPlace().Replace(FontFamily().Replace(SemiBold().Replace(svg, "font-weight=\"600\" font-family"), $"font-family=\"{SvgFamilies}\""), "$1=\"$2\"");

    // Skia numbers its ids across pictures. The same plot must give the same file.
    private static string WithOwnNames(string svg)
    {
        Dictionary<string, string> names = [];
        return Name().Replace(svg, match =>
        {
            if (!names.TryGetValue(match.Value, out string? name))
            {
                names.Add(match.Value, name = FormattableString.Invariant($"{match.Groups[1].Value}_{names.Count}"));
            }

            return name;
        });
    }

    [GeneratedRegex("(?<=id=\"|url\\(#|href=\"#)([a-z]+)_[0-9a-f]+")]
    private static partial Regex Name();

    [GeneratedRegex("font-weight=\"500\" font-family(?==\"Inter)")]
    private static partial Regex SemiBold();

    [GeneratedRegex("font-family=\"Inter[^\"]*\"")]
    private static partial Regex FontFamily();

    [GeneratedRegex("(?<=<text [^>]*\\b)(x|y)=\"([^,\"]*), [^\"]*\"")]
    private static partial Regex FirstPlace();

    // A larger picture shows the same content in more pixels: the layout is near the natural size and scaled.
    private static void Draw(SKCanvas canvas, Plot plot, int width, int height, Palette palette)
    {
        float scale = Math.Max(SmallestScale, (float)plot.ScaleFor(width, height));
        canvas.Clear(palette.Background);
        canvas.Scale(scale);
        SKRect page = new(Margin, Margin - 6, width / scale - Margin, height / scale - Margin + 8);
        SKRect rest = DrawHeading(canvas, plot, page, palette);
        switch (plot)
        {
            case LinePlot lines:
                LinePainter.Draw(canvas, lines, rest, palette);
                break;
            case ConfusionPlot confusion:
                ConfusionPainter.Draw(canvas, confusion, rest, palette);
                break;
            case TilePlot tiles:
                TilePainter.Draw(canvas, tiles, rest, palette, scale);
                break;
            case PhotoPlot photo:
                PhotoPainter.Draw(canvas, photo, rest, palette);
                break;
        }
    }

    private static SKRect DrawHeading(SKCanvas canvas, Plot plot, SKRect page, Palette palette)
    {
        float y = page.Top;
        if (plot.Title.Length > 0)
        {
            string title = Typography.Shared.Fit(plot.Title, page.Width, TitleSize, isBold: true);
            Typography.Shared.Draw(canvas, title, page.Left, y + TitleSize, TitleSize, palette.Text, isBold: true);
            y += TitleSize + 8;
        }

        if (plot.Note.Length > 0)
        {
            string note = Typography.Shared.Fit(plot.Note, page.Width, NoteSize);
            Typography.Shared.Draw(canvas, note, page.Left, y + NoteSize, NoteSize, palette.Muted);
            y += NoteSize + 14;
        }

        return new SKRect(page.Left, y, page.Right, page.Bottom);
    }
}
