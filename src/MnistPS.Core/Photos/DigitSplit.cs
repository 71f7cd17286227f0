namespace MnistPS.Photos;

/// <summary>Finds every digit of a photo: strokes that belong together are joined, digits that touch are parted, and all are put in the order of reading.</summary>
internal static class DigitSplit
{
    // What is smaller than this share of a digit's height is a speck, and what is larger than so many digits is none.
    private const double Speck = 0.12;
    private const double MostDigits = 6;

    // A digit, or most of one, is so high, or so high and so wide: as shares of a digit's height. A part is smaller.
    private const double WholeHeight = 0.45;
    private const double WideHeight = 0.33;
    private const double WideWidth = 0.5;

    // How far apart the strokes of a digit are, as a share of its height.
    private const double PartGap = 0.3;
    private const double StrokeGap = 0.15;

    // Two strokes beside each other are of one digit where they share so much of the narrower one's width, less if one is low; and what they make
    // together is no larger than this.
    private const double SharedWidth = 0.6;
    private const double SharedWidthOfLow = 0.35;
    private const double LowHeight = 0.7;
    private const double WidestDigit = 1.2;
    private const double HighestDigit = 1.45;

    // A low stroke is so near to the high one to its right, with which it makes an open 4, and both are no wider than this.
    private const double NearGap = 0.08;
    private const double WidestFour = 1;

    // Strokes of which one is below the other share no more of the lower one's height than this, and may be so far beside each other.
    private const double SharedHeight = 0.3;
    private const double Beside = 0.1;

    /// <summary>The digits in lines, the highest line first, each from left to right.</summary>
    public static IReadOnlyList<IReadOnlyList<DigitGroup>> Lines(Ink ink)
    {
        double height = DigitHeight(ink.Components);
        return ReadingOrder.Of(Join(Written(ink, height), height), height);
    }

    /// <summary>The digits of a form, whose cells divide the photo evenly: what is written in a cell is one digit. An empty cell is null.</summary>
    public static IReadOnlyList<IReadOnlyList<DigitGroup?>> Cells(Ink ink, PhotoForm form)
    {
        double height = DigitHeight(ink.Components);
        ILookup<(int, int), InkComponent> cells = Written(ink, height).ToLookup(component => (
            (component.Box.Top + component.Box.Bottom) * form.Rows / (2 * ink.Contrast.Height),
            (component.Box.Left + component.Box.Right) * form.Columns / (2 * ink.Contrast.Width)));
        DigitGroup? Digit(int row, int column)
            => cells[(row, column)].ToList() is { Count: > 0 } parts && DigitGroup.Of(parts) is { } digit && IsWhole(digit.Box, height) ? digit : null;
        return [.. Enumerable.Range(0, form.Rows).Select(row => (IReadOnlyList<DigitGroup?>)[.. Enumerable.Range(0, form.Columns).Select(column => Digit(row, column))])];
    }

    private static List<InkComponent> Written(Ink ink, double height) =>
    [
        .. ink.Components
            .Where(component => component.Box.Side >= Speck * height && component.Box.Side <= MostDigits * height && !InkFinder.IsCut(ink, component))
            .SelectMany(component => TouchingDigits.Part(component, height)),
    ];

    /// <summary>The median height of what is written, each component counted by its height: so parts and specks hardly count.</summary>
    private static double DigitHeight(IReadOnlyList<InkComponent> components)
    {
        int[] heights = [.. components.Select(component => component.Box.Height).Order()];
        double half = heights.Sum(height => (double)height) / 2;
        return heights.First(height => (half -= height) <= 0);
    }

    private static List<DigitGroup> Join(List<InkComponent> written, double height)
    {
        List<InkComponent> whole = [.. written.Where(component => IsWhole(component.Box, height))];
        List<List<InkComponent>> digits = Cluster(whole, (one, other) => AreStrokes(one, other, height));
        List<InkComponent> astray = [];
        foreach (InkComponent part in written.Except(whole))
        {
            double Gap(List<InkComponent> digit) => digit.Min(stroke => InkDistance.Between(stroke, part, PartGap * height));
            List<InkComponent>? nearest = digits.MinBy(Gap);
            if (nearest is not null && Gap(nearest) <= PartGap * height)
            {
                nearest.Add(part);
            }
            else
            {
                astray.Add(part);
            }
        }

        // A pen that skips leaves parts only.
        digits.AddRange(Cluster(astray, (one, other) => InkDistance.Between(one, other, PartGap * height) <= PartGap * height));
        return [.. digits.Select(DigitGroup.Of).Where(digit => IsWhole(digit.Box, height))];
    }

    private static bool IsWhole(Box box, double height)
        => box.Height >= WholeHeight * height || (box.Height >= WideHeight * height && box.Width >= WideWidth * height);

    private static bool AreStrokes(InkComponent one, InkComponent other, double height)
    {
        Box both = one.Box.Union(other.Box);
        int lower = Math.Min(one.Box.Height, other.Box.Height);
        if (lower < LowHeight * height && both.Width <= WidestFour * height && InkDistance.Between(one, other, NearGap * height) <= NearGap * height)
        {
            return true;
        }

        bool isBelow = -one.Box.GapDown(other.Box) <= SharedHeight * lower;
        double shared = lower < LowHeight * height ? SharedWidthOfLow : SharedWidth;
        return one.Box.GapAcross(other.Box) <= (isBelow ? Beside * height : -shared * Math.Min(one.Box.Width, other.Box.Width))
            && both.Width <= (isBelow ? HighestDigit : WidestDigit) * height && both.Height <= HighestDigit * height
            && InkDistance.Between(one, other, StrokeGap * height) <= StrokeGap * height;
    }

    private static List<List<InkComponent>> Cluster(List<InkComponent> components, Func<InkComponent, InkComponent, bool> areOne)
    {
        List<InkComponent> left = [.. components];
        List<List<InkComponent>> clusters = [];
        while (left.Count > 0)
        {
            List<InkComponent> cluster = [left[^1]];
            left.RemoveAt(left.Count - 1);
            for (int i = 0; i < cluster.Count; i++)
            {
                cluster.AddRange(left.Where(component => areOne(cluster[i], component)));
                left.RemoveAll(cluster.Contains);
            }

            clusters.Add(cluster);
        }

        return clusters;
    }
}
