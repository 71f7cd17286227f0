namespace MnistPS.Photos;

/// <summary>Puts together what belongs to the digit that was written, and counts what seem to be others.</summary>
internal static class DigitSearch
{
    // A speck has less than this share of the area of the largest component.
    private const double Speck = 0.012;

    // A part of a digit is no further from it than this share of its longer side.
    private const double LargestGap = 0.3;

    // Strokes that are as near as this, such as those of a 4, are of one digit even where they stand beside each other.
    private const double StrokeGap = 0.06;

    // Another digit is at least this share as high as the first.
    private const double LeastHeight = 0.45;

    /// <summary>All that was written, as one group, and how many digits it seems to be.</summary>
    public static (DigitGroup Group, int Count) All(Ink ink)
    {
        List<InkComponent> left = [.. Written(ink)];
        List<DigitGroup> digits = [];
        while (left.Count > 0)
        {
            List<InkComponent> parts = [left[0]];
            Box box = left[0].Box;
            left.RemoveAt(0);
            while (left.FindIndex(component => IsPart(box, component.Box)) is >= 0 and int next)
            {
                parts.Add(left[next]);
                box = box.Union(left[next].Box);
                left.RemoveAt(next);
            }

            digits.Add(new DigitGroup(parts, box));
        }

        List<DigitGroup> large = [.. digits.Where(digit => digit == digits[0] || digit.Box.Height >= LeastHeight * digits[0].Box.Height)];
        return (DigitGroup.Of([.. large.SelectMany(digit => digit.Components)]), large.Count);
    }

    /// <summary>The components that were written, the main one first and the others by their size.</summary>
    private static IEnumerable<InkComponent> Written(Ink ink)
        => ink.Components
            .Where(component => component == ink.Main || (component.Area >= Speck * ink.Main.Area && !InkFinder.IsCut(ink, component)))
            .OrderByDescending(component => component == ink.Main)
            .ThenByDescending(component => component.Area);

    /// <summary>Whether a component is near a digit, and is above, below or within it, or small beside it.</summary>
    private static bool IsPart(Box digit, Box part)
    {
        int across = digit.GapAcross(part);
        int down = digit.GapDown(part);
        double largest = LargestGap * digit.Side;
        if (across > largest || down > largest)
        {
            return false;
        }

        bool isBeside = across > 0 || -across < 0.35 * Math.Min(digit.Width, part.Width);
        return !isBeside || part.Height < LeastHeight * digit.Height || Math.Max(across, down) <= StrokeGap * digit.Side;
    }
}
