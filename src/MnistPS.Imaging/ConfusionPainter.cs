using System.Globalization;
using MnistPS.Plots;
using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>Draws a confusion matrix: correct counts in one colour, mistakes in another, the stronger the larger their share of the digit.</summary>
internal static class ConfusionPainter
{
    private const float TextSize = 14;
    private const float SmallSize = 12.5f;
    private const float CellGap = 3;
    private const float Corner = 4;

    /// <summary>Draws the matrix into a rectangle, as large as it fits.</summary>
    public static void Draw(SKCanvas canvas, ConfusionPlot plot, SKRect area, Palette palette)
    {
        Typography text = Typography.Shared;
        float names = plot.Names.Max(name => text.Measure(name, TextSize, isBold: true));
        float Left = 52 + names;
        const float Top = 48;
        const float Right = 62;
        const float Bottom = 34;
        float cell = Math.Min(area.Width - Left - Right, area.Height - Top - Bottom) / ConfusionPlot.Classes;
        float x0 = area.Left + Left + Math.Max(0, (area.Width - Left - Right - ConfusionPlot.Classes * cell) / 2);
        float y0 = area.Top + Top;
        float right = x0 + ConfusionPlot.Classes * cell + 34;
        float below = y0 + ConfusionPlot.Classes * cell + 20;
        float precisionSize = SizeWithin(cell - CellGap, Percent(1), SmallSize);
        text.Draw(canvas, "read as", x0 + 5 * cell, y0 - 30, SmallSize, palette.Muted, SKTextAlign.Center);
        text.Draw(canvas, "recall", right, y0 - 9, SmallSize, palette.Muted, SKTextAlign.Center);
        DrawUpwards(canvas, "written", x0 - 32 - names, y0 + 5 * cell, palette);
        text.Draw(canvas, "precision", x0 - 6, below, SmallSize, palette.Muted, SKTextAlign.Right);
        for (int i = 0; i < ConfusionPlot.Classes; i++)
        {
            string name = plot.Names[i];
            float middle = (i + 0.5f) * cell;
            text.Draw(canvas, name, x0 + middle, y0 - 9, SizeWithin(cell - CellGap, name, TextSize), palette.Text, SKTextAlign.Center, isBold: true);
            text.Draw(canvas, name, x0 - 10 - names / 2, y0 + middle + 5, TextSize, palette.Text, SKTextAlign.Center, isBold: true);
            text.Draw(canvas, Percent(plot.Recall(i)), right, y0 + middle + 4.5f, SmallSize, palette.Muted, SKTextAlign.Center);
            text.Draw(canvas, Percent(plot.Precision(i)), x0 + middle, below, precisionSize, palette.Muted, SKTextAlign.Center);
            for (int j = 0; j < ConfusionPlot.Classes; j++)
            {
                DrawCell(canvas, plot, i, j, new SKRect(x0 + j * cell, y0 + i * cell, x0 + (j + 1) * cell - CellGap, y0 + (i + 1) * cell - CellGap), palette);
            }
        }
    }

    private static void DrawCell(SKCanvas canvas, ConfusionPlot plot, int written, int read, SKRect cell, Palette palette)
    {
        double share = plot.Share(written, read);

        // Mistakes are few. The square root keeps one in a hundred visible.
        double strength = written == read ? 0.15 + 0.75 * share : Math.Min(1, 1.9 * Math.Sqrt(share));
        SKColor full = written == read ? palette.Line(0) : palette.Line(1);
        int count = plot.Counts[written][read];
        SKColor color = count == 0 ? Palette.Mix(palette.Background, palette.Grid, 0.55) : Palette.Mix(palette.Background, full, Math.Max(0.12, strength));
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        canvas.DrawRoundRect(cell, Corner, Corner, paint);
        if (count > 0)
        {
            SKColor ink = Luminance(color) > 0.36 ? SKColor.Parse("#15181D") : SKColors.White;
            string number = count.ToString(CultureInfo.InvariantCulture);
            float size = SizeWithin(cell.Width - 4, number, TextSize);
            Typography.Shared.Draw(canvas, number, cell.MidX, cell.MidY + 0.36f * size, size, ink, SKTextAlign.Center, written == read);
        }
    }

    private static float SizeWithin(float width, string text, float size) => Math.Min(size, size * width / Typography.Shared.Measure(text, size));

    private static void DrawUpwards(SKCanvas canvas, string text, float x, float y, Palette palette)
    {
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(-90);
        Typography.Shared.Draw(canvas, text, 0, 0, SmallSize, palette.Muted, SKTextAlign.Center);
        canvas.Restore();
    }

    private static string Percent(double? share) => share is double known ? (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "–";

    // Relative luminance of WCAG 2, https://www.w3.org/TR/WCAG21/#dfn-relative-luminance.
    private static double Luminance(SKColor color)
    {
        static double Linear(byte channel)
        {
            double c = channel / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
    }
}
