namespace MnistPS.Photos;

/// <summary>Groups the components of a photo that shows one digit, and counts the digits.</summary>
internal static class DigitSearch
{
    // The smallest area of a component, as a share of the main component's. Smaller components are specks.
    private const double LeastArea = 0.012;

    // The largest gap between a digit and a part of it, as a share of the digit's longer side.
    private const double LargestGap = 0.3;

    // The largest gap between two strokes of a digit that stand beside each other, such as those of a 4, as a share of its longer side.
    private const double StrokeGap = 0.06;

    // The smallest height of another digit, as a share of the first digit's height.
    private const double LeastHeight = 0.45;

    /// <summary>All handwriting as one group.</summary>
    public static DigitGroup All(Ink ink)
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
        return DigitGroup.Of([.. large.SelectMany(digit => digit.Components)]) with { DigitCount = large.Count };
    }

    /// <summary>The handwritten components: the main component first, the others in descending order of area.</summary>
    private static IEnumerable<InkComponent> Written(Ink ink)
        => ink.Components
            .Where(component => component == ink.Main || (component.Area >= LeastArea * ink.Main.Area && !InkFinder.IsCut(ink, component)))
            .OrderByDescending(component => component == ink.Main)
            .ThenByDescending(component => component.Area);

    /// <summary>
    /// Whether a component is a part of a digit. A part is near the digit. It is above, below or within it, or it is beside it and low or very near.
    /// </summary>
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
