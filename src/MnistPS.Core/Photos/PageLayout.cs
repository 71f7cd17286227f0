namespace MnistPS.Photos;

/// <summary>The usual size of the digits of a page and the usual gap between them. They show which pieces of ink are parts of one digit.</summary>
/// <param name="Side">The median of the longer sides of the groups, in pixels.</param>
/// <param name="Gap">The median distance of a digit from the nearest other digit, in pixels. It is at most <paramref name="Side"/>.</param>
internal sealed record PageLayout(double Side, double Gap)
{
    // The smallest number of digits that show the layout of a page.
    private const int LeastCount = 6;

    // The smallest longer side of a whole digit, as a share of the usual side.
    private const double WholeSide = 0.75;

    // The largest distance between two parts of a digit, as shares of the usual gap and of the usual side.
    private const double PartGap = 0.55;
    private const double PartGapOfSide = 0.45;

    // The smallest overlap of the columns of two parts, one above the other, as a share of the narrower part's width.
    private const double SharedWidth = 0.6;

    // The smallest height of a digit, as a share of the usual side. A bar is lower.
    private const double LowestDigit = 0.25;

    // The largest width and height of a digit, as shares of the usual side.
    private const double WidestDigit = 1.3;
    private const double HighestDigit = 1.45;

    /// <summary>Measures the layout of a page. It is null where there are too few digits.</summary>
    /// <param name="groups">The digits, some of which can be in several groups.</param>
    public static PageLayout? Of(IReadOnlyList<DigitGroup> groups)
    {
        double side = Median.Of(groups.Select(group => (double)group.Box.Side));
        List<DigitGroup> whole = [.. groups.Where(group => group.Box.Side >= WholeSide * side)];
        return whole.Count < LeastCount ? null : new PageLayout(side, Median.Of(whole.Select(digit => FromNearest(digit, whole, side))));
    }

    /// <summary>
    /// Joins groups that are parts of one digit, the nearest first. A part is smaller than a digit, or is above or below another where there is no room for two.
    /// It is nearer to the other than a digit is.
    /// </summary>
    public IReadOnlyList<DigitGroup> Join(IReadOnlyList<DigitGroup> groups)
    {
        List<DigitGroup> joined = [.. groups];
        while (Nearest(joined) is ({ } part, { } other))
        {
            joined.Remove(part);
            joined[joined.IndexOf(other)] = DigitGroup.Of([.. other.Components, .. part.Components]);
        }

        return joined;
    }

    /// <summary>Whether a bounding box has the size of a digit.</summary>
    public bool IsWhole(Box box) => box.Side >= WholeSide * Side && box.Height >= LowestDigit * Side && IsDigit(box);

    private (DigitGroup Part, DigitGroup Other)? Nearest(List<DigitGroup> groups)
    {
        double least = Math.Min(PartGap * Gap, PartGapOfSide * Side);
        (DigitGroup, DigitGroup)? nearest = null;
        foreach (DigitGroup part in groups)
        {
            bool isSmall = part.Box.Side < WholeSide * Side;
            foreach (DigitGroup other in groups.Where(group => group != part && (isSmall || AreStacked(part.Box, group.Box)) && IsDigit(group.Box.Union(part.Box))))
            {
                double distance = InkDistance.Between(part, other, least);
                if (distance <= least)
                {
                    least = distance;
                    nearest = (part, other);
                }
            }
        }

        return nearest;
    }

    private static bool AreStacked(Box one, Box other) => -one.GapAcross(other) >= SharedWidth * Math.Min(one.Width, other.Width);

    private bool IsDigit(Box box) => box.Width <= WidestDigit * Side && box.Height <= HighestDigit * Side;

    private static double FromNearest(DigitGroup digit, List<DigitGroup> digits, double most)
    {
        double least = most;
        foreach (DigitGroup other in digits.Where(other => other != digit).OrderBy(other => digit.Box.Between(other.Box)))
        {
            if (digit.Box.Between(other.Box) >= least)
            {
                break;
            }

            least = Math.Min(least, InkDistance.Between(digit, other, least));
        }

        return least;
    }
}
