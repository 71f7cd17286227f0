using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>Takes a photo of a sheet with digits.</summary>
internal static class Camera
{
    // A phone is held a little farther away than what it shows is wide.
    private const float Distance = 1.2f;

    // The most of the photo's shorter side that is kept free along its edges.
    private const float Margin = 0.02f;

    /// <summary>The places in the upright photo that the digits' ink takes, or null if some is cut off.</summary>
    /// <param name="digits">What is on the sheet.</param>
    /// <param name="look">How the photo comes out.</param>
    /// <param name="scale">Pixels of the photo for a unit of the sheet, where both are equally far away.</param>
    public static SKRect[]? Boxes(IReadOnlyList<PlacedDigit> digits, PhotoLook look, float scale)
    {
        SKMatrix sheet = View(look, scale);
        float margin = Margin * Math.Min(look.Width, look.Height);
        SKRect free = new(margin, margin, look.Width - margin, look.Height - margin);
        SKRect[] boxes = [.. digits.Select(digit => SKMatrix.Concat(sheet, digit.Place).MapRect(digit.Shape.BoxFor(look.PenWidth(scale))))];
        return Array.TrueForAll(boxes, free.Contains) ? boxes : null;
    }

    /// <summary>The bytes of a JPEG.</summary>
    public static byte[] Take(IReadOnlyList<PlacedDigit> digits, PhotoLook look, float scale)
    {
        using SKBitmap upright = new(new SKImageInfo(look.Width, look.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (SKCanvas canvas = new(upright))
        {
            canvas.Clear(look.Ground);
            using SKPaint lens = new();
            if (look.Blur > 0)
            {
                lens.ImageFilter = SKImageFilter.CreateBlur(look.Blur, look.Blur, SKShaderTileMode.Clamp);
                canvas.SaveLayer(lens);
                canvas.Clear(look.Ground);
            }

            SKMatrix sheet = View(look, scale);
            canvas.SetMatrix(sheet);
            DrawRules(canvas, look, scale);
            foreach (PlacedDigit digit in digits)
            {
                canvas.SetMatrix(SKMatrix.Concat(sheet, digit.Place));
                digit.Shape.Draw(canvas, look.Ink, look.PenWidth(scale));
            }

            if (look.Blur > 0)
            {
                canvas.Restore();
            }
        }

        using SKBitmap stored = Expose(upright, look);
        using SKData jpeg = stored.Encode(SKEncodedImageFormat.Jpeg, look.Quality);
        return Orientations.Tag(jpeg.ToArray(), look.Orientation);
    }

    // From the sheet to the photo: turned away about a line through the middle, and seen from in front of it.
    private static SKMatrix View(PhotoLook look, float scale)
    {
        (float sinTilt, float cosTilt) = MathF.SinCos(look.Tilt * MathF.PI / 180);
        (float y, float x) = MathF.SinCos(look.TiltDirection);
        float distance = Distance * Math.Max(look.Width, look.Height);
        SKMatrix tilt = new(
            1 - (1 - cosTilt) * x * x, (cosTilt - 1) * x * y, 0,
            (cosTilt - 1) * x * y, 1 - (1 - cosTilt) * y * y, 0,
            x * sinTilt / distance, y * sinTilt / distance, 1);
        return SKMatrix.Concat(
            SKMatrix.CreateTranslation(look.Width / 2f, look.Height / 2f),
            SKMatrix.Concat(tilt, SKMatrix.CreateScale(scale, scale)));
    }

    private static void DrawRules(SKCanvas canvas, PhotoLook look, float scale)
    {
        if (look.Paper == PaperKind.Plain)
        {
            return;
        }

        using SKPaint paint = new() { Color = look.Rule, StrokeWidth = look.RuleWidth, IsAntialias = true };
        float reach = Math.Max(look.Width, look.Height) / scale;
        for (float at = -reach; at < reach; at += look.RulePitch)
        {
            float y = at + look.RuleOffset.Y * look.RulePitch;
            canvas.DrawLine(-reach, y, reach, y, paint);
            if (look.Paper == PaperKind.Squared)
            {
                float x = at + look.RuleOffset.X * look.RulePitch;
                canvas.DrawLine(x, -reach, x, reach, paint);
            }
        }
    }

    // What light, grain and sensor make of each pixel, written to where it is stored.
    private static SKBitmap Expose(SKBitmap upright, PhotoLook look)
    {
        bool isTransposed = Orientations.IsTransposed(look.Orientation);
        SKBitmap stored = new(upright.Info.WithSize(isTransposed ? look.Height : look.Width, isTransposed ? look.Width : look.Height));
        ReadOnlySpan<byte> source = upright.GetPixelSpan();
        Span<byte> target = stored.GetPixelSpan();
        (float fallY, float fallX) = MathF.SinCos(look.FalloffDirection);
        (float shadowY, float shadowX) = MathF.SinCos(look.ShadowDirection);
        float side = Math.Max(look.Width, look.Height);
        PaperGrain grain = new(look.Seed, side);
        SplitMix64 noise = new(look.Seed);
        for (int y = 0; y < look.Height; y++)
        {
            for (int x = 0; x < look.Width; x++)
            {
                float u = (x - look.Width / 2f) / side;
                float v = (y - look.Height / 2f) / side;
                float light = 1 - look.Falloff * Math.Clamp(0.5f + u * fallX + v * fallY, 0, 1);
                light *= 1 - look.ShadowDepth * Math.Clamp((u * shadowX + v * shadowY - look.ShadowPlace) / look.ShadowEdge + 0.5f, 0, 1);
                light *= look.Grain > 0 ? 1 + look.Grain * grain.At(x, y) : 1;
                int from = 4 * (y * look.Width + x);
                (int storedX, int storedY) = Orientations.Stored(look.Orientation, x, y, look.Width, look.Height);
                int to = 4 * (storedY * stored.Width + storedX);
                for (int channel = 0; channel < 3; channel++)
                {
                    float value = source[from + channel] * light + (look.Noise > 0 ? look.Noise * noise.NextBell() : 0);
                    target[to + channel] = (byte)Math.Clamp(value + 0.5f, 0, 255);
                }

                target[to + 3] = 255;
            }
        }

        return stored;
    }
}
