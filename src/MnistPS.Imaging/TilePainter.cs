using System.Runtime.InteropServices;
using MnistPS.Plots;
using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>Draws a sheet of small pictures, each pixel a square with sharp edges.</summary>
internal static class TilePainter
{
    private const float LargestCaption = 15;

    // Of its size that a long caption keeps.
    private const float LeastShare = 0.65f;

    /// <summary>Draws the pictures into a rectangle, as large as they fit.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="plot">The pictures.</param>
    /// <param name="area">The rectangle.</param>
    /// <param name="palette">The colours.</param>
    /// <param name="scale">Pixels of the sheet per unit of the canvas.</param>
    public static void Draw(SKCanvas canvas, TilePlot plot, SKRect area, Palette palette, float scale)
    {
        (int columns, double distance) = plot.LayOut(area.Width, area.Height);
        float caption = (float)plot.CaptionShare;
        float lane = (float)distance;
        float side = lane * (float)(1 - TilePlot.GapShare);
        for (int i = 0; i < plot.Tiles.Count; i++)
        {
            Tile tile = plot.Tiles[i];
            float x = area.Left + i % columns * lane;
            float y = area.Top + i / columns * lane * (1 + caption);
            SKRect place = new(x, y, x + side, y + side);
            using SKImage image = Picture(tile, plot.IsDiverging, side * scale, palette);
            canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear));
            if (!plot.IsDiverging)
            {
                using SKPaint frame = new() { Color = tile.StandsOut ? palette.Highlight : palette.Grid, Style = SKPaintStyle.Stroke, StrokeWidth = tile.StandsOut ? 1.5f : 1, IsAntialias = true };
                canvas.DrawRect(place, frame);
            }

            if (tile.Caption.Length > 0)
            {
                float size = Math.Min(LargestCaption, lane * caption * 0.66f);
                size *= Math.Clamp(lane * 0.97f / Typography.Shared.Measure(tile.Caption, size, tile.StandsOut), LeastShare, 1);
                Typography.Shared.Draw(
                    canvas, Typography.Shared.Fit(tile.Caption, lane, size), place.MidX, place.Bottom + size * 1.18f, size,
                    tile.StandsOut ? palette.Highlight : palette.Text, SKTextAlign.Center, isBold: tile.StandsOut);
            }
        }
    }

    // Enlarged by a whole factor first, so that a viewer's scaling blurs no edge.
    private static SKImage Picture(Tile tile, bool isDiverging, float side, Palette palette)
    {
        int zoom = Math.Max(1, (int)Math.Ceiling(side / Math.Max(tile.Rows, tile.Columns)));
        int width = tile.Columns * zoom;
        SKColor[] pixels = new SKColor[tile.Rows * zoom * width];
        for (int row = 0; row < tile.Rows; row++)
        {
            Span<SKColor> first = pixels.AsSpan(row * zoom * width, width);
            for (int column = 0; column < tile.Columns; column++)
            {
                double value = tile.Values[row * tile.Columns + column];
                first.Slice(column * zoom, zoom).Fill(isDiverging
                    ? Palette.Mix(palette.Zero, value < 0 ? palette.Negative : palette.Positive, Math.Abs(value))
                    : Palette.Mix(palette.Paper, palette.Ink, value));
            }

            for (int copy = 1; copy < zoom; copy++)
            {
                first.CopyTo(pixels.AsSpan((row * zoom + copy) * width));
            }
        }

        // A colour is a word of alpha, red, green and blue, little-endian: blue is the first byte.
        SKImageInfo format = new(width, tile.Rows * zoom, SKColorType.Bgra8888, SKAlphaType.Opaque);
        return SKImage.FromPixelCopy(format, MemoryMarshal.AsBytes<SKColor>(pixels));
    }
}
