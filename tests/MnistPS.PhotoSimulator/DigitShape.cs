using MnistPS.Photos;
using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>A digit as a shape that can be drawn at any size, with its own pen or with another. One unit is a pixel of the image.</summary>
internal sealed class DigitShape : IDisposable
{
    // What counts as ink: an even edge between paper and ink lies at a half, and the faintest strokes of MNIST do not reach that.
    private const float Level = 0.4f;

    private const int Zoom = 16;
    private const int MaskSide = MnistImage.Side * Zoom;

    private readonly SKBitmap _mask;
    private readonly float _ownWidth;

    // The distance of each pixel of the mask from the edge of the ink, negative outside.
    private readonly float[] _depths;
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

        _ownWidth = (float)DigitNormalizer.StrokeWidth(image.Pixels);
        float[] inside = DistanceMap.To(Array.ConvertAll(isInk, value => !value), MaskSide);
        _depths = [.. inside.Zip(DistanceMap.To(isInk, MaskSide), (depth, distance) => depth - distance)];
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

        SKRect middle = SKRect.Create(_pieces[0].From, SKSize.Empty);
        foreach ((SKPoint from, SKPoint to) in _pieces)
        {
            middle.Left = Math.Min(middle.Left, Math.Min(from.X, to.X));
            middle.Right = Math.Max(middle.Right, Math.Max(from.X, to.X));
            middle.Top = Math.Min(middle.Top, Math.Min(from.Y, to.Y));
            middle.Bottom = Math.Max(middle.Bottom, Math.Max(from.Y, to.Y));
        }

        float outwards = Outwards(width);
        return SKRect.Union(SKRect.Inflate(middle, width / 2, width / 2), SKRect.Inflate(Box, outwards, outwards));
    }

    /// <summary>
    /// Draws it, its image's upper left corner at the origin. Another pen moves the edges by half the difference of the widths, and goes along the middle of the
    /// strokes. The middle alone would show a filled loop as a line.
    /// </summary>
    public void Draw(SKCanvas canvas, SKColor color, float? penWidth)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        if (penWidth is not { } width)
        {
            Draw(canvas, _mask, paint);
            return;
        }

        using SKBitmap mask = new(_mask.Info);
        Span<byte> values = mask.GetPixelSpan();
        float outwards = Outwards(width) * Zoom;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)(255 * Math.Clamp((_depths[i] + outwards) / 2 + 0.5f, 0, 1));
        }

        Draw(canvas, mask, paint);
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

    private static void Draw(SKCanvas canvas, SKBitmap mask, SKPaint paint)
    {
        using SKImage image = SKImage.FromBitmap(mask);
        canvas.DrawImage(image, new SKRect(0, 0, MnistImage.Side, MnistImage.Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
    }

    // How far a pen of another width moves the edges.
    private float Outwards(float penWidth) => (penWidth - _ownWidth) / 2;

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
