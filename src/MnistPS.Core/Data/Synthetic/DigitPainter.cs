using System.Numerics;

namespace MnistPS;

/// <summary>Draws one handwritten digit from a seed, or another glyph as a hand writes it.</summary>
internal static class DigitPainter
{
    // Line segments between two points that the pen passes through.
    private const int PiecesPerSpan = 6;

    // Standard deviation of the points that the pen passes through, at full haste, on paper where a digit is about 100 high.
    private const float Jitter = 4;

    // Haste scales all distortions. Most digits are written with care, a few in a hurry: a network needs both to learn from.
    private const float LeastHaste = 0.1f;
    private const float HasteRange = 1.25f;

    // Half a stroke's width in pixels: mean, relative standard deviation, that along the stroke, and minimum.
    private const float MeanRadius = 1.28f;
    private const float RadiusSpread = 0.28f;
    private const float RadiusSpreadAlong = 0.12f;
    private const float LeastRadius = 0.55f;

    // Maximum of half a stroke's width, as a fraction of the room between strokes; beyond it loops fill with ink.
    private const float LargestShareOfRoom = 0.2f;

    /// <summary>Draws a digit and returns its label.</summary>
    /// <param name="seed">The same seed gives the same digit, on every platform.</param>
    /// <param name="pixels">Grey values, (28, 28), all zero.</param>
    internal static byte Paint(ulong seed, Span<byte> pixels)
    {
        SplitMix64 random = new(seed);
        int label = random.NextBelow(GlyphTable.Styles.Length);
        Draw(Pick(GlyphTable.Styles[label], ref random), ref random, pixels);
        return (byte)label;
    }

    /// <summary>Draws a glyph, distorted as a hand distorts it and inked with a pen as wide as MNIST's.</summary>
    /// <param name="glyph">What to draw.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="pixels">Grey values, (28, 28), all zero.</param>
    internal static void Draw(Glyph glyph, ref SplitMix64 random, Span<byte> pixels)
    {
        Span<Vector2> trace = stackalloc Vector2[Glyph.MaximumPoints * PiecesPerSpan];
        trace = trace[..Trace(glyph, ref random, trace)];
        Ink(glyph, trace, ref random, pixels);
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

    /// <summary>Writes the pen's path over the distorted paper, each stroke as <see cref="Pieces"/> line segments, and returns its length.</summary>
    private static int Trace(Glyph glyph, ref SplitMix64 random, Span<Vector2> trace)
    {
        float u = random.NextSingle();
        float haste = LeastHaste + (HasteRange * u * u);
        Distortion distortion = new(ref random, haste);
        Span<Vector2> points = stackalloc Vector2[Glyph.MaximumPoints];
        int length = 0;
        foreach (GlyphPoint[] stroke in glyph.Strokes)
        {
            for (int i = 0; i < stroke.Length; i++)
                points[i] = stroke[i].Position + (haste * Jitter * new Vector2(random.NextBell(), random.NextBell()));

            for (int i = 0; i + 1 < stroke.Length; i++)
            {
                // Ends and corners have no neighbour to bend towards: a mirrored one lets the curve start straight.
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

    private static int Pieces(GlyphPoint[] stroke) => (stroke.Length - 1) * PiecesPerSpan;

    private static void Ink(Glyph glyph, ReadOnlySpan<Vector2> trace, ref SplitMix64 random, Span<byte> pixels)
    {
        (Vector2 low, Vector2 high) = Box(trace);
        float side = MathF.Max(high.X - low.X, high.Y - low.Y);
        float room = Room(glyph, trace, Vector2.Distance(low, high)) * InkCanvas.Side / side;
        float radius = MeanRadius * (1 + (RadiusSpread * random.NextBell()));
        radius = MathF.Max(MathF.Min(radius, LargestShareOfRoom * room), LeastRadius);

        // The ink, not the centre line, fills the box in its longer direction.
        float scale = (InkCanvas.Side - (2 * radius)) / side;
        Vector2 origin = new Vector2(InkCanvas.Side / 2) - (scale / 2 * (low + high));

        InkCanvas canvas = new(stackalloc float[InkCanvas.Side * InkCanvas.Side]);
        foreach (GlyphPoint[] stroke in glyph.Strokes)
        {
            int pieces = Pieces(stroke);
            float startRadius = radius * (1 + (RadiusSpreadAlong * random.NextBell()));
            float radiusStep = (radius * (1 + (RadiusSpreadAlong * random.NextBell())) - startRadius) / pieces;
            for (int i = 0; i < pieces; i++)
            {
                canvas.DrawLine(
                    origin + (scale * trace[i]),
                    origin + (scale * trace[i + 1]),
                    startRadius + (i * radiusStep),
                    startRadius + ((i + 1) * radiusStep));
            }

            trace = trace[(pieces + 1)..];
        }

        canvas.CopyCentred(pixels);
    }

    private static (Vector2 Low, Vector2 High) Box(ReadOnlySpan<Vector2> trace)
    {
        Vector2 low = trace[0];
        Vector2 high = trace[0];
        foreach (Vector2 point in trace)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        return (low, high);
    }

    /// <summary>
    /// Approximate distance between strokes: the area that they cover, divided by their length beyond one straight stroke. The area is that of a
    /// rectangle with the points' covariance, which unlike the box does not grow when a digit leans.
    /// </summary>
    private static float Room(Glyph glyph, ReadOnlySpan<Vector2> trace, float diagonal)
    {
        Vector2 mean = Vector2.Zero;
        foreach (Vector2 point in trace)
            mean += point / trace.Length;

        Vector2 variance = Vector2.Zero;
        float covariance = 0;
        foreach (Vector2 point in trace)
        {
            Vector2 offset = point - mean;
            variance += offset * offset / trace.Length;
            covariance += offset.X * offset.Y / trace.Length;
        }

        float length = 0;
        foreach (GlyphPoint[] stroke in glyph.Strokes)
        {
            int pieces = Pieces(stroke);
            for (int i = 0; i < pieces; i++)
                length += Vector2.Distance(trace[i], trace[i + 1]);

            trace = trace[(pieces + 1)..];
        }

        float area = 12 * MathF.Sqrt(MathF.Max((variance.X * variance.Y) - (covariance * covariance), 0));
        return area / MathF.Max(length - diagonal, 0.01f);
    }
}
