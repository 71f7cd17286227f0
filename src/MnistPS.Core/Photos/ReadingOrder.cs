namespace MnistPS.Photos;

/// <summary>
/// Sorts digits into lines from top to bottom, each from left to right. Lines can be tilted, and can converge, as on a photo that is taken at an angle.
/// </summary>
internal static class ReadingOrder
{
    // The largest offset of a digit's neighbour in its line, down and across, as shares of a digit's height.
    private const double NeighbourDown = 0.5;
    private const double NeighbourAcross = 4;

    // The largest vertical distance of a digit from its line's expected position, as a share of a digit's height.
    private const double LargestOffset = 0.65;

    // The number of a line's last digits that predict its position at the next digit.
    private const int LastDigits = 4;

    /// <summary>Sorts digits into lines.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="height">The height of a digit, in pixels.</param>
    public static IReadOnlyList<IReadOnlyList<DigitGroup>> Of(IReadOnlyList<DigitGroup> digits, double height)
    {
        double slope = Slope(digits, height);
        List<List<DigitGroup>> lines = [];
        foreach (DigitGroup digit in digits.OrderBy(digit => X(digit)))
        {
            double Offset(List<DigitGroup> line) => Math.Abs(Y(digit) - Expected(line, X(digit), slope));
            List<DigitGroup>? line = lines.MinBy(Offset);
            if (line is not null && Offset(line) <= LargestOffset * height)
            {
                line.Add(digit);
            }
            else
            {
                lines.Add([digit]);
            }
        }

        double middle = digits.Count == 0 ? 0 : digits.Average(X);
        return [.. lines.OrderBy(line => line.Average(Y) + (slope * (middle - line.Average(X))))];
    }

    /// <summary>The slope of the lines, in rows down for each column: the median over digits and their neighbours to the right.</summary>
    private static double Slope(IReadOnlyList<DigitGroup> digits, double height)
    {
        List<double> slopes = [];
        foreach (DigitGroup digit in digits)
        {
            DigitGroup? next = digits
                .Where(other => X(other) > X(digit) && X(other) - X(digit) <= NeighbourAcross * height && Math.Abs(Y(other) - Y(digit)) <= NeighbourDown * height)
                .MinBy(X);
            if (next is not null)
            {
                slopes.Add((Y(next) - Y(digit)) / (X(next) - X(digit)));
            }
        }

        slopes.Sort();
        return slopes.Count == 0 ? 0 : slopes[slopes.Count / 2];
    }

    private static double Expected(List<DigitGroup> line, double x, double slope)
        => line.TakeLast(LastDigits).Average(digit => Y(digit) + (slope * (x - X(digit))));

    private static double X(DigitGroup digit) => 0.5 * (digit.Box.Left + digit.Box.Right);

    private static double Y(DigitGroup digit) => 0.5 * (digit.Box.Top + digit.Box.Bottom);
}
