using System.Numerics;

namespace MnistPS;

/// <summary>Draws the strokes of a scribble.</summary>
internal static class Scribble
{
    // The eight directions as constants: the last bit of a cosine differs between platforms.
    private const float Diagonal = 0.70710678f;
    private static readonly Vector2[] _directions =
    [
        new(1, 0), new(Diagonal, Diagonal), new(0, 1), new(-Diagonal, Diagonal), new(-1, 0), new(-Diagonal, -Diagonal), new(0, -1), new(Diagonal, -Diagonal),
    ];

    /// <summary>The strokes of a scribble, on paper of size 100 × 100.</summary>
    internal static Glyph Draw(ref SplitMix64 random) => new(1, random.NextBelow(5) switch
    {
        0 => Tangle(ref random),
        1 => Hatching(ref random),
        2 => Coil(ref random),
        3 => Lines(ref random),
        _ => Curves(ref random),
    });

    /// <summary>Rounds about the centre, each at another distance.</summary>
    private static GlyphPoint[][] Tangle(ref SplitMix64 random)
    {
        GlyphPoint[] points = new GlyphPoint[14 + random.NextBelow(10)];
        int direction = random.NextBelow(8);
        for (int i = 0; i < points.Length; i++)
        {
            direction += 2 + random.NextBelow(3);
            points[i] = new(new Vector2(50) + ((15 + (35 * random.NextSingle())) * _directions[direction % 8]), IsCorner: false);
        }

        return [points];
    }

    /// <summary>A zigzag, from top to bottom or from left to right, with corners or round.</summary>
    private static GlyphPoint[][] Hatching(ref SplitMix64 random)
    {
        GlyphPoint[] points = new GlyphPoint[7 + random.NextBelow(8)];
        bool isUpright = random.NextBelow(2) == 0;
        bool isPointed = random.NextBelow(2) == 0;
        for (int i = 0; i < points.Length; i++)
        {
            float along = 100f * i / (points.Length - 1);
            float across = (i % 2 == 0 ? 0 : 80) + (20 * random.NextSingle());
            points[i] = new(isUpright ? new Vector2(along, across) : new Vector2(across, along), isPointed && i > 0 && i + 1 < points.Length);
        }

        return [points];
    }

    /// <summary>Three loops or more in a row.</summary>
    private static GlyphPoint[][] Coil(ref SplitMix64 random)
    {
        int loops = 3 + random.NextBelow(3);
        GlyphPoint[] points = new GlyphPoint[4 * loops];
        float height = 20 + (25 * random.NextSingle());
        float width = 50f / loops;
        for (int i = 0; i < points.Length; i++)
        {
            Vector2 middle = new(100f * i / points.Length, 50);
            points[i] = new(middle + (new Vector2(width, height) * _directions[2 * i % 8]) + (4 * new Vector2(random.NextBell(), random.NextBell())), IsCorner: false);
        }

        return [points];
    }

    /// <summary>Four straight strokes or more, anywhere.</summary>
    private static GlyphPoint[][] Lines(ref SplitMix64 random)
    {
        GlyphPoint[][] strokes = new GlyphPoint[4 + random.NextBelow(4)][];
        for (int i = 0; i < strokes.Length; i++)
        {
            Vector2 from = Anywhere(ref random);
            Vector2 to = Anywhere(ref random);
            strokes[i] = [new(from, IsCorner: false), new(to, IsCorner: false)];
        }

        return strokes;
    }

    /// <summary>One curve or two through points anywhere, nine or more in all.</summary>
    private static GlyphPoint[][] Curves(ref SplitMix64 random)
    {
        GlyphPoint[][] strokes = new GlyphPoint[1 + random.NextBelow(2)][];
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] = new GlyphPoint[(9 / strokes.Length) + 1 + random.NextBelow(4)];
            for (int j = 0; j < strokes[i].Length; j++)
                strokes[i][j] = new(Anywhere(ref random), IsCorner: false);
        }

        return strokes;
    }

    private static Vector2 Anywhere(ref SplitMix64 random)
    {
        float x = random.NextSingle();
        return 100 * new Vector2(x, random.NextSingle());
    }
}
