using System.Numerics;

namespace MnistPS;

/// <summary>Draws one handwritten digit from a seed.</summary>
internal static class DigitPainter
{
    // Straight pieces between two points that the pen passes through.
    private const int PiecesPerSpan = 6;

    // Standard deviation of the points that the pen passes through, on paper where a digit is about 100 high.
    private const float Jitter = 3f;

    // Half a stroke's width in pixels: mean, standard deviation as a share of it, that along the stroke, and the least.
    private const float MeanRadius = 1.28f;
    private const float RadiusSpread = 0.28f;
    private const float RadiusSpreadAlong = 0.12f;
    private const float LeastRadius = 0.55f;

    /// <summary>Draws a digit and returns its label.</summary>
    /// <param name="seed">The same seed gives the same digit, on every platform.</param>
    /// <param name="pixels">Grey values, (28, 28), all zero.</param>
    internal static byte Paint(ulong seed, Span<byte> pixels)
    {
        SplitMix64 random = new(seed);
        int label = random.NextBelow(GlyphTable.Styles.Length);
        Glyph glyph = Pick(GlyphTable.Styles[label], ref random);

        Span<Vector2> trace = stackalloc Vector2[Glyph.MaximumPoints * (PiecesPerSpan + 1)];
        trace = trace[..Trace(glyph, ref random, trace)];
        Ink(glyph, trace, ref random, pixels);
        return (byte)label;
    }

    private static Glyph Pick(Glyph[] styles, ref SplitMix64 random)
    {
        int shares = 0;
        foreach (Glyph style in styles)
            shares += style.Share;

        int left = random.NextBelow(shares);
        int i = 0;
        while (left >= styles[i].Share)
            left -= styles[i++].Share;

        return styles[i];
    }

    /// <summary>The way of the pen over the bent paper; each stroke adds <see cref="TraceLength"/> points.</summary>
    private static int Trace(Glyph glyph, ref SplitMix64 random, Span<Vector2> trace)
    {
        Distortion distortion = new(ref random);
        Span<Vector2> points = stackalloc Vector2[Glyph.MaximumPoints];
        int length = 0;
        foreach (GlyphPoint[] stroke in glyph.Strokes)
        {
            for (int i = 0; i < stroke.Length; i++)
                points[i] = stroke[i].Position + (Jitter * new Vector2(random.NextBell(), random.NextBell()));

            for (int i = 0; i + 1 < stroke.Length; i++)
            {
                Vector2 start = points[i];
                Vector2 end = points[i + 1];
                Vector2 before = i == 0 || stroke[i].IsCorner ? start + start - end : points[i - 1];
                Vector2 after = i + 2 == stroke.Length || stroke[i + 1].IsCorner ? end + end - start : points[i + 2];
                CubicSpan span = new(before, start, end, after);
                for (int piece = 0; piece < PiecesPerSpan; piece++)
                    trace[length++] = distortion.Apply(span.At((float)piece / PiecesPerSpan));
            }

            trace[length++] = distortion.Apply(points[stroke.Length - 1]);
        }

        return length;
    }

    private static int TraceLength(GlyphPoint[] stroke) => ((stroke.Length - 1) * PiecesPerSpan) + 1;

    private static void Ink(Glyph glyph, ReadOnlySpan<Vector2> trace, ref SplitMix64 random, Span<byte> pixels)
    {
        float radius = MathF.Max(MeanRadius * (1 + (RadiusSpread * random.NextBell())), LeastRadius);

        Vector2 low = trace[0];
        Vector2 high = trace[0];
        foreach (Vector2 point in trace)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        // The ink, not the pen's middle, fills the box in its longer direction.
        Vector2 size = high - low;
        float scale = (InkCanvas.Side - (2 * radius)) / MathF.Max(size.X, size.Y);
        Vector2 origin = new Vector2(InkCanvas.Side / 2) - (scale / 2 * (low + high));

        InkCanvas canvas = new(stackalloc float[InkCanvas.Side * InkCanvas.Side]);
        foreach (GlyphPoint[] stroke in glyph.Strokes)
        {
            int pieces = TraceLength(stroke) - 1;
            float startRadius = radius * (1 + (RadiusSpreadAlong * random.NextBell()));
            float endRadius = radius * (1 + (RadiusSpreadAlong * random.NextBell()));
            for (int i = 0; i < pieces; i++)
            {
                canvas.DrawLine(
                    origin + (scale * trace[i]),
                    origin + (scale * trace[i + 1]),
                    startRadius + ((endRadius - startRadius) * i / pieces),
                    startRadius + ((endRadius - startRadius) * (i + 1) / pieces));
            }

            trace = trace[(pieces + 1)..];
        }

        canvas.CopyCentred(pixels);
    }
}
