using System.Globalization;
using System.Numerics;

namespace MnistPS;

/// <summary>One way to write a digit: the points that the pen passes through.</summary>
internal sealed class Glyph
{
    /// <summary>Most points that a glyph may have, over all its strokes.</summary>
    internal const int MaximumPoints = 24;

    /// <summary>Reads the strokes of a glyph.</summary>
    /// <param name="share">Frequency of this style, relative to the digit's other styles.</param>
    /// <param name="strokes">
    /// One string a stroke: points "x,y", x to the right and y down, on paper where a digit is about 100 high. The pen runs through them in
    /// a smooth curve; at a point marked "!" it turns sharply.
    /// </param>
    internal Glyph(int share, params string[] strokes)
        : this(share, Array.ConvertAll(strokes, stroke => Array.ConvertAll(stroke.Split(' '), ParsePoint)))
    {
    }

    /// <summary>A glyph of strokes, each at least two points.</summary>
    /// <param name="share">The relative frequency of this style.</param>
    /// <param name="strokes">The points of each stroke.</param>
    internal Glyph(int share, GlyphPoint[][] strokes)
    {
        Share = share;
        Strokes = strokes;
        if (Strokes.Sum(stroke => stroke.Length) > MaximumPoints)
            throw new ArgumentException($"More than {MaximumPoints} points.", nameof(strokes));
    }

    /// <summary>Frequency of this style, relative to the digit's other styles.</summary>
    internal int Share { get; }

    /// <summary>The strokes, each at least two points.</summary>
    internal GlyphPoint[][] Strokes { get; }

    private static GlyphPoint ParsePoint(string text)
    {
        string[] parts = text.TrimEnd('!').Split(',');
        Vector2 position = new(float.Parse(parts[0], CultureInfo.InvariantCulture), float.Parse(parts[1], CultureInfo.InvariantCulture));
        return new GlyphPoint(position, text.EndsWith('!'));
    }
}

/// <summary>A point that the pen passes through.</summary>
/// <param name="Position">Where, on paper where a digit is about 100 high; y is down.</param>
/// <param name="IsCorner">Whether the pen turns sharply here.</param>
internal readonly record struct GlyphPoint(Vector2 Position, bool IsCorner);
