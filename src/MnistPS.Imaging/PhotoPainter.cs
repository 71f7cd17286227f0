using MnistPS.Photos;
using MnistPS.Plots;
using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>Draws a photo with a box around each digit, and on the box what was read.</summary>
internal static class PhotoPainter
{
    private const float LargestText = 17;
    private const float SmallestText = 9;

    // The height of a caption as a share of its box's, and how far a box is from the ink.
    private const float TextShare = 0.3f;
    private const float Distance = 3;

    /// <summary>Draws it into a rectangle, as large as it fits.</summary>
    public static void Draw(SKCanvas canvas, PhotoPlot plot, SKRect area, Palette palette)
    {
        float scale = Math.Min(area.Width / plot.Photo.Width, area.Height / plot.Photo.Height);
        SKRect place = SKRect.Create(area.Left, area.Top, scale * plot.Photo.Width, scale * plot.Photo.Height);
        using SKImage image = Picture(plot.Photo);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        foreach (PhotoReading reading in plot.Readings)
        {
            SKColor color = reading.StandsOut ? palette.Highlight : palette.Line(0);
            SKRect box = new(
                place.Left + scale * reading.Box.Left - Distance, place.Top + scale * reading.Box.Top - Distance,
                place.Left + scale * reading.Box.Right + Distance, place.Top + scale * reading.Box.Bottom + Distance);
            using SKPaint frame = new() { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = 1.5f, IsAntialias = true };
            canvas.DrawRect(box, frame);
            if (reading.Caption.Length > 0)
            {
                DrawCaption(canvas, reading.Caption, box, color, palette);
            }
        }
    }

    // Above its box, on the colour of the box: whatever the photo shows there, it can be read.
    private static void DrawCaption(SKCanvas canvas, string caption, SKRect box, SKColor color, Palette palette)
    {
        float size = Math.Clamp(TextShare * box.Height, SmallestText, LargestText);
        SKRect label = SKRect.Create(box.Left - 0.75f, box.Top - 1.25f * size, Typography.Shared.Measure(caption, size, isBold: true) + 0.6f * size, 1.25f * size);
        using SKPaint fill = new() { Color = color };
        canvas.DrawRect(label, fill);
        Typography.Shared.Draw(canvas, caption, label.Left + 0.3f * size, label.Bottom - 0.27f * size, size, palette.Background, isBold: true);
    }

    private static SKImage Picture(Photo photo)
    {
        ReadOnlySpan<byte> colours = photo.Colours;
        byte[] pixels = new byte[4 * photo.Width * photo.Height];
        for (int i = 0; i < photo.Width * photo.Height; i++)
        {
            colours.Slice(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
            pixels[4 * i + 3] = byte.MaxValue;
        }

        return SKImage.FromPixelCopy(new SKImageInfo(photo.Width, photo.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels);
    }
}
