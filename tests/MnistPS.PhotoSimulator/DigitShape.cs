using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>A digit as a shape that can be drawn at any size: its strokes as they are in the image, or the way of the pen. One unit is a pixel of the image.</summary>
internal sealed class DigitShape : IDisposable
{
    // What counts as ink: an even edge between paper and ink lies at a half, and the faintest strokes of MNIST do not reach that.
    private const float Level = 0.4f;

    private const int Zoom = 16;
    private const int MaskSide = MnistImage.Side * Zoom;

    private readonly SKBitmap _mask;
    private readonly (SKPoint From, SKPoint To)[] _pieces;

    /// <summary>The shape of an image.</summary>
    public DigitShape(MnistImage image)
    {
        float[] ink = Enlarge(image);
        _mask = new SKBitmap(new SKImageInfo(MaskSide, MaskSide, SKColorType.Alpha8));
        Span<byte> mask = _mask.GetPixelSpan();
        bool[] isInk = new bool[ink.Length];
        int left = MaskSide, top = MaskSide, right = 0, bottom = 0;
        for (int i = 0; i < ink.Length; i++)
        {
            // An edge of MNIST takes about a pixel, so from paper to ink this one takes two of the mask.
            mask[i] = (byte)(255 * Math.Clamp((ink[i] - Level) * (Zoom / 2f) + 0.5f, 0, 1));

            // A few digits go to the edge of their image; the thinning wants a free one.
            isInk[i] = ink[i] > Level && i % MaskSide is > 0 and < MaskSide - 1 && i / MaskSide is > 0 and < MaskSide - 1;
            if (isInk[i])
            {
                left = Math.Min(left, i % MaskSide);
                right = Math.Max(right, i % MaskSide + 1);
                top = Math.Min(top, i / MaskSide);
                bottom = Math.Max(bottom, i / MaskSide + 1);
            }
        }

        Box = new SKRect((float)left / Zoom, (float)top / Zoom, (float)right / Zoom, (float)bottom / Zoom);
        _pieces = Skeleton.Trace(isInk, MaskSide, Zoom);
    }

    /// <summary>Where there is ink.</summary>
    public SKRect Box { get; }

    /// <summary>The box of what is drawn with a pen.</summary>
    public SKRect BoxFor(float? penWidth)
    {
        if (penWidth is not { } width)
        {
            return Box;
        }

        SKRect box = SKRect.Create(_pieces[0].From, SKSize.Empty);
        foreach ((SKPoint from, SKPoint to) in _pieces)
        {
            box.Left = Math.Min(box.Left, Math.Min(from.X, to.X));
            box.Right = Math.Max(box.Right, Math.Max(from.X, to.X));
            box.Top = Math.Min(box.Top, Math.Min(from.Y, to.Y));
            box.Bottom = Math.Max(box.Bottom, Math.Max(from.Y, to.Y));
        }

        return SKRect.Inflate(box, width / 2, width / 2);
    }

    /// <summary>Draws it, its image's upper left corner at the origin.</summary>
    public void Draw(SKCanvas canvas, SKColor color, float? penWidth)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        if (penWidth is not { } width)
        {
            using SKImage mask = SKImage.FromBitmap(_mask);
            canvas.DrawImage(mask, new SKRect(0, 0, MnistImage.Side, MnistImage.Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
            return;
        }

        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = width;
        paint.StrokeCap = SKStrokeCap.Round;
        using SKPath path = new();
        foreach ((SKPoint from, SKPoint to) in _pieces)
        {
            path.MoveTo(from);
            path.LineTo(to);
        }

        canvas.DrawPath(path, paint);
    }

    /// <inheritdoc/>
    public void Dispose() => _mask.Dispose();

    // By cubic B-splines, which neither ring nor show the pixels.
    private static float[] Enlarge(MnistImage image)
    {
        float[] ink = new float[MaskSide * MaskSide];
        Span<float> x = stackalloc float[4];
        Span<float> y = stackalloc float[4];
        for (int row = 0; row < MaskSide; row++)
        {
            int top = Weigh(row, y);
            for (int column = 0; column < MaskSide; column++)
            {
                int left = Weigh(column, x);
                float sum = 0;
                for (int i = 0; i < 4; i++)
                {
                    for (int j = 0; j < 4; j++)
                    {
                        int r = top + i, c = left + j;
                        if (r is >= 0 and < MnistImage.Side && c is >= 0 and < MnistImage.Side)
                        {
                            sum += y[i] * x[j] * image[r, c];
                        }
                    }
                }

                ink[row * MaskSide + column] = sum / 255;
            }
        }

        return ink;
    }

    private static int Weigh(int place, Span<float> weights)
    {
        // Mitchell and Netravali's spline (B = C = 1/3) lies between the one that blurs and the one that rings.
        float at = (place + 0.5f) / Zoom - 0.5f;
        int first = (int)MathF.Floor(at) - 1;
        for (int i = 0; i < 4; i++)
        {
            float d = MathF.Abs(at - (first + i));
            weights[i] = d < 1 ? (7 * d * d * d - 12 * d * d + 16f / 3) / 6 : (-7f / 3 * d * d * d + 12 * d * d - 20 * d + 32f / 3) / 6;
        }

        return first;
    }
}
