namespace MnistPS.Photos;

/// <summary>Finds every digit of a photo. It joins the strokes of a digit, separates digits that touch, and sorts the digits in reading order.</summary>
internal static class DigitSplit
{
    // The smallest side of a component, as a share of a digit's height. Smaller components are specks.
    private const double LeastSide = 0.12;

    // The largest side of a component, in digits' heights.
    private const double LargestSide = 6;

    // The smallest height of a whole digit, as a share of a digit's height. Lower components are parts.
    private const double WholeHeight = 0.45;

    // The smallest height and width of a whole digit that is lower, as shares of a digit's height.
    private const double WideHeight = 0.33;
    private const double WideWidth = 0.5;

    // The largest gap between a digit and a part, and between two strokes of a digit, as shares of a digit's height.
    private const double PartGap = 0.3;
    private const double StrokeGap = 0.15;

    // The smallest overlap of the columns of two strokes of a digit, as a share of the narrower stroke's width. A low stroke needs less.
    private const double SharedWidth = 0.6;
    private const double SharedWidthOfLow = 0.35;

    // The height below which a stroke is low, as a share of a digit's height.
    private const double LowHeight = 0.7;

    // The smallest height of a digit that touches the photo's border, as a share of a digit's height. Half a digit is lower.
    private const double CutHeight = 0.75;

    // The largest ratio between its stroke width and that of the handwriting.
    private const double CutStrokeRatio = 1.6;

    // The largest part of a digit outside its cell, as a share of its longer side.
    private const double LargestOutside = 0.25;

    // The largest width and height of two joined strokes, in digits' heights.
    private const double WidestDigit = 1.2;
    private const double HighestDigit = 1.45;

    // The largest gap between the two strokes of an open 4, as a share of a digit's height. One of them is low.
    private const double NearGap = 0.08;

    // The largest width of an open 4, in digits' heights.
    private const double WidestOpenFour = 1;

    // The largest overlap of the rows of two strokes, one below the other, as a share of the height of the stroke that is less high.
    private const double SharedHeight = 0.3;

    // The largest gap across between two strokes, one below the other, as a share of a digit's height.
    private const double Beside = 0.1;

    /// <summary>The digits in lines. The lines are sorted from top to bottom, the digits of a line from left to right.</summary>
    public static IReadOnlyList<IReadOnlyList<DigitGroup>> Lines(Ink ink)
    {
        double height = DigitHeight(ink);
        List<DigitGroup> groups = Join(Written(ink, height), height);
        return ReadingOrder.Of(Digits(groups, PageLayout.Of(groups), height), height);
    }

    /// <summary>The digits of a form, whose cells divide the photo evenly. What is written in a cell is read as one digit. An empty cell is null.</summary>
    public static IReadOnlyList<IReadOnlyList<DigitGroup?>> Cells(Ink ink, PhotoForm form)
    {
        double height = DigitHeight(ink);
        List<InkComponent> written = Written(ink, height);
        PageLayout? layout = PageLayout.Of(Join(written, height));
        ILookup<(int, int), InkComponent> cells = written.ToLookup(component => (
            (component.Box.Top + component.Box.Bottom) * form.Rows / (2 * ink.Contrast.Height),
            (component.Box.Left + component.Box.Right) * form.Columns / (2 * ink.Contrast.Width)));
        DigitGroup? Digit(int row, int column)
        {
            List<InkComponent> parts = [.. cells[(row, column)]];
            return parts.Count == 0 || DigitGroup.Of(parts) is not { } digit || !IsWhole(digit.Box, height) ? null : digit with
            {
                DigitCount = Math.Max(1, Digits(Join(parts, height), layout, height).Count),
                IsAcrossCells = Outside(digit.Box, form.Cell(row, column, ink.Contrast)) > LargestOutside * digit.Box.Side,
            };
        }

        return [.. Enumerable.Range(0, form.Rows).Select(row => (IReadOnlyList<DigitGroup?>)[.. Enumerable.Range(0, form.Columns).Select(column => Digit(row, column))])];
    }

    /// <summary>The number of groups that have the size of the page's digits, and the number of the other groups. Both are 0 where there are few digits.</summary>
    public static (int Whole, int Pieces) Count(Ink ink)
    {
        double height = DigitHeight(ink);
        List<DigitGroup> groups = Join(Written(ink, height), height);
        if (PageLayout.Of(groups) is not { } layout)
        {
            return (0, 0);
        }

        IReadOnlyList<DigitGroup> joined = layout.Join(groups);
        int whole = joined.Count(group => layout.IsWhole(group.Box));
        return (whole, joined.Count - whole);
    }

    /// <summary>The digits that the photo's border cuts and that are left out, because too little of them is there.</summary>
    public static IReadOnlyList<DigitGroup> LeftOut(Ink ink)
    {
        double height = DigitHeight(ink);
        return Join([.. ink.Components.Where(component => component.Box.Side >= WideHeight * height && component.Box.Side <= HighestDigit * height
            && IsOfPen(ink, component) && BorderCut.Crosses(component, ink.Contrast) && !IsLikeDigit(ink, component, height))], height);
    }

    private static List<DigitGroup> Digits(List<DigitGroup> groups, PageLayout? layout, double height)
        => [.. (layout?.Join(groups) ?? groups).Where(digit => IsWhole(digit.Box, height) || layout?.IsWhole(digit.Box) == true)];

    /// <summary>The number of rows or columns by which a box reaches out of a cell.</summary>
    private static int Outside(Box box, Box cell)
        => Math.Max(Math.Max(cell.Left - box.Left, box.Right - cell.Right), Math.Max(cell.Top - box.Top, box.Bottom - cell.Bottom));

    private static List<InkComponent> Written(Ink ink, double height) =>
    [
        .. ink.Components
            .Where(component => component.Box.Side >= LeastSide * height && component.Box.Side <= LargestSide * height
                && (!InkFinder.IsCut(ink, component) || IsLikeDigit(ink, component, height)))
            .SelectMany(component => TouchingDigits.Part(component, height)),
    ];

    /// <summary>Whether a component that touches the photo's border has a digit's height and the stroke width of the handwriting.</summary>
    private static bool IsLikeDigit(Ink ink, InkComponent component, double height)
        => component.Box.Height >= CutHeight * height && component.Box.Height <= HighestDigit * height && component.Box.Width <= WidestDigit * height
            && IsOfPen(ink, component);

    /// <summary>Whether a component has the stroke width of the handwriting.</summary>
    private static bool IsOfPen(Ink ink, InkComponent component) => Math.Abs(Math.Log(component.StrokeWidth / ink.Main.StrokeWidth)) <= Math.Log(CutStrokeRatio);

    /// <summary>
    /// The median of the components' heights, weighted by height, so that parts have little effect. Specks have none, because a rough sheet has hundreds.
    /// </summary>
    private static double DigitHeight(Ink ink)
    {
        int[] heights = [.. ink.Components.Where(component => component.Box.Side >= LeastSide * ink.Main.Box.Side).Select(component => component.Box.Height).Order()];
        double half = heights.Sum(height => (double)height) / 2;
        return heights.First(height => (half -= height) <= 0);
    }

    private static List<DigitGroup> Join(List<InkComponent> written, double height)
    {
        List<InkComponent> whole = [.. written.Where(component => IsWhole(component.Box, height))];
        List<List<InkComponent>> digits = Cluster(whole, (one, other) => AreStrokes(one, other, height));
        List<InkComponent> unassigned = [];
        foreach (InkComponent part in written.Except(whole))
        {
            // Between two digits, a part belongs to that which stays narrow with it.
            double Gap(List<InkComponent> digit) => digit.Min(stroke => InkDistance.Between(stroke, part, PartGap * height))
                + Math.Max(0, DigitGroup.Of([.. digit, part]).Box.Width - height);
            List<InkComponent>? nearest = digits.MinBy(Gap);
            if (nearest is not null && double.IsFinite(Gap(nearest)))
            {
                nearest.Add(part);
            }
            else
            {
                unassigned.Add(part);
            }
        }

        // A digit can consist of parts only, where the pen has skipped.
        digits.AddRange(Cluster(unassigned, (one, other) => InkDistance.Between(one, other, PartGap * height) <= PartGap * height));
        return [.. digits.Select(DigitGroup.Of)];
    }

    private static bool IsWhole(Box box, double height)
        => box.Height >= WholeHeight * height || (box.Height >= WideHeight * height && box.Width >= WideWidth * height);

    private static bool AreStrokes(InkComponent one, InkComponent other, double height)
    {
        Box both = one.Box.Union(other.Box);
        int lower = Math.Min(one.Box.Height, other.Box.Height);
        if (lower < LowHeight * height && both.Width <= WidestOpenFour * height && InkDistance.Between(one, other, NearGap * height) <= NearGap * height)
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
