using System.Collections.Concurrent;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>Text in the bundled font. A missing character comes from a system font that has it.</summary>
internal sealed class Typography : IFontResolver
{
    /// <summary>The name of the font for ScottPlot.</summary>
    public const string Family = "Inter";

    private static readonly Lazy<Typography> _shared = new(() => new Typography());

    private readonly SKTypeface _regular = InterFont.Load("Regular");
    private readonly SKTypeface _bold = InterFont.Load("SemiBold");
    private readonly ConcurrentDictionary<int, SKTypeface?> _fallbacks = new();

    private Typography()
    {
        Fonts.FontResolvers.Insert(0, this);
        Fonts.Default = Family;
    }

    /// <summary>The instance of the process, since ScottPlot's font resolvers are static.</summary>
    public static Typography Shared => _shared.Value;

    /// <summary>Draws a line of text.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="x">The horizontal position of the alignment point.</param>
    /// <param name="y">The baseline.</param>
    /// <param name="size">The em size.</param>
    /// <param name="color">The colour.</param>
    /// <param name="align">The alignment at <paramref name="x"/>.</param>
    /// <param name="isBold">Whether it is semibold.</param>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left, bool isBold = false)
    {
        float left = align switch
        {
            SKTextAlign.Center => x - Measure(text, size, isBold) / 2,
            SKTextAlign.Right => x - Measure(text, size, isBold),
            _ => x,
        };
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        foreach ((string run, SKTypeface typeface) in Runs(text, isBold))
        {
            using SKFont font = FontOf(typeface, size);
            canvas.DrawText(run, left, y, SKTextAlign.Left, font, paint);
            left += font.MeasureText(run);
        }
    }

    /// <summary>The width of a line of text.</summary>
    public float Measure(string text, float size, bool isBold = false) => Runs(text, isBold).Sum(run =>
    {
        using SKFont font = FontOf(run.Typeface, size);
        return font.MeasureText(run.Text);
    });

    /// <summary>The text, shortened with an ellipsis to fit a width.</summary>
    public string Fit(string text, float width, float size, bool isBold = false)
    {
        if (Measure(text, size, isBold) <= width)
        {
            return text;
        }

        Rune[] runes = [.. text.EnumerateRunes()];
        int count = runes.Length;
        string Shortened() => string.Concat(runes.Take(count)).TrimEnd() + "…";
        while (count > 0 && Measure(Shortened(), size, isBold) > width)
        {
            count--;
        }

        return Shortened();
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
        => fontName != Family ? null : weight > FontWeight.Medium ? _bold : _regular;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName != Family ? null : bold ? _bold : _regular;

    private static SKFont FontOf(SKTypeface typeface, float size) => new(typeface, size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };

    private List<(string Text, SKTypeface Typeface)> Runs(string text, bool isBold)
    {
        List<(string Text, SKTypeface Typeface)> runs = [];
        SKTypeface own = isBold ? _bold : _regular;
        StringBuilder run = new();
        SKTypeface current = own;
        foreach (Rune rune in text.EnumerateRunes())
        {
            SKTypeface typeface = own.ContainsGlyph(rune.Value) ? own : Fallback(rune.Value) ?? own;
            if (typeface != current && run.Length > 0)
            {
                runs.Add((run.ToString(), current));
                run.Clear();
            }

            current = typeface;
            run.Append(rune);
        }

        if (run.Length > 0)
        {
            runs.Add((run.ToString(), current));
        }

        return runs;
    }

    private SKTypeface? Fallback(int character) => _fallbacks.GetOrAdd(character, _ =>
    {
        // The next character is mostly in the same font.
        SKTypeface? known = _fallbacks.Values.FirstOrDefault(typeface => typeface?.ContainsGlyph(character) == true);
        if (known is not null)
        {
            return known;
        }

        SKFontManager system = SKFontManager.Default;
        if (system.MatchCharacter(character) is { } match)
        {
            return match;
        }

        // Skia without fontconfig (Linux) lists the system's fonts but does not search them.
        foreach (string family in system.FontFamilies)
        {
            SKTypeface? typeface = system.MatchFamily(family, SKFontStyle.Normal);
            if (typeface?.ContainsGlyph(character) == true)
            {
                return typeface;
            }

            typeface?.Dispose();
        }

        return null;
    });
}
