namespace MnistPS.Photos;

/// <summary>Tells components that no pen has written: the edges of sheets and of things on them, and frames around handwriting.</summary>
internal static class ForeignComponents
{
    // The largest stroke width of an edge, as a share of its longer side. The edge of a shadow can be between the sides of a wider stroke.
    private const double WidestEdge = 0.15;

    // The smallest gap between a frame and what it contains, as a share of the frame's longer side.
    private const double LeastFrameGap = 0.05;

    // The smallest side of a frame that is open to one side, as a share of the photo's longer side. It is the edge of a sheet, which can be found in parts.
    private const double LeastOpenFrame = 0.5;

    // The smallest side of what a frame contains, as a share of the frame's longer side. Specks within a 0 are smaller.
    private const double LeastContent = 0.2;

    // The largest number of holes in a frame. A crossword has more, and is no frame.
    private const int MostFrameHoles = 2;

    // The largest gap between a digit and a blob that is a part of it, as a share of the digit's longer side.
    private const double LargestBlobGap = 0.2;

    // The largest stroke width of a dot, as a multiple of the pen's.
    private const double WidestDot = 1.3;

    // The least ink for each pixel of a straight line's length, as a share of that of the nearest strokes. Lines with less are printed, or are edges.
    private const double LeastLineInk = 0.4;

    // The smallest side of such strokes, as a share of the main component's side.
    private const double LeastStrokes = 0.5;

    // The smallest length of a line, in stroke widths.
    private const double LeastLineInStrokes = 5;

    // The largest length of a line, in diagonals of its bounding box.
    private const double MostLineLength = 1.1;

    // The largest ratio of the roughness of a component's ground to that of the main component's.
    private const double MostRoughnessRatio = 2;

    // The smallest side of a component that is tested, in pixels. Both sides of a smaller one are hardly known.
    private const int LeastSide = 8;

    /// <summary>The components of a contrast map without those that no pen has written.</summary>
    /// <param name="components">The components.</param>
    /// <param name="contrast">The contrast map in which they were found.</param>
    /// <param name="level">The contrast of ink and of paper.</param>
    /// <param name="photo">The photo.</param>
    public static List<InkComponent> Remove(List<InkComponent> components, Plane contrast, InkLevel level, Photo photo)
    {
        List<InkComponent> left = [.. components.Where(component => component.Box.Side < LeastSide || component.StrokeWidth > WidestEdge * component.Box.Side
            || !StrokeSides.Differ(component, contrast, level, photo))];
        List<InkComponent> large = [.. left.Where(component => component.Box.Side >= LeastSide).OrderByDescending(component => component.Box.Side)];
        int side = Math.Max(contrast.Width, contrast.Height);
        HashSet<InkComponent> frames = [.. large.Where((frame, i)
            => large.Skip(i + 1).Any(content => Frames(frame, content, side)) && InkHoles.Count(DigitGroup.Of([frame])) <= MostFrameHoles)];
        left.RemoveAll(frames.Contains);
        List<InkComponent> strokes = [.. large.Where(component => !IsBlob(component) && !frames.Contains(component))];
        if (strokes.Count > 0)
        {
            left.RemoveAll(component => component.Box.Side >= LeastSide && IsBlob(component) && !IsDot(component, strokes)
                && !strokes.Exists(stroke => IsNear(stroke.Box, component.Box)));
        }

        return left;
    }

    /// <summary>
    /// The components that the pen of the main component can have written on its sheet. A line of less ink is printed or is an edge, and what lies on a rougher
    /// ground lies beside the sheet.
    /// </summary>
    public static List<InkComponent> OfOneSheet(List<InkComponent> components, InkComponent main, Plane contrast, InkLevel level)
    {
        double largest = (MostRoughnessRatio * Roughness(main.Box, contrast, level)) + (level.Threshold / 8.0);
        List<InkComponent> strokes = [main, .. components.Where(component => component.Box.Side >= LeastStrokes * main.Box.Side && !IsLine(component))];

        // Near a line, the pen is as far away, in the same light.
        double Least(InkComponent line) => LeastLineInk * InkPerLength(strokes.MinBy(stroke => stroke.Box.Between(line.Box))!, contrast);
        bool IsWritten(InkComponent component)
            => (!IsLine(component) || InkPerLength(component, contrast) >= Least(component)) && Roughness(component.Box, contrast, level) <= largest;
        return [.. components.Where(component => component == main || IsWritten(component))];
    }

    /// <summary>The stroke width multiplied by the contrast.</summary>
    private static double InkPerLength(InkComponent component, Plane contrast) => component.StrokeWidth * InkFinder.Typical(contrast, component);

    /// <summary>Whether a component is a straight line. Its length is the area divided by the stroke width.</summary>
    private static bool IsLine(InkComponent component)
        => component.Box.Side >= LeastLineInStrokes * component.StrokeWidth
        && component.Area <= MostLineLength * component.StrokeWidth * Math.Sqrt(Math.Pow(component.Box.Width, 2) + Math.Pow(component.Box.Height, 2));

    /// <summary>The mean contrast of the pixels in and around a bounding box that are no ink.</summary>
    private static double Roughness(Box box, Plane contrast, InkLevel level)
    {
        int around = Math.Max(box.Side / 4, LeastSide), sum = 0, count = 0;
        for (int row = Math.Max(box.Top - around, 0); row < Math.Min(box.Bottom + around, contrast.Height); row++)
        {
            int start = row * contrast.Width;
            for (int i = start + Math.Max(box.Left - around, 0); i < start + Math.Min(box.Right + around, contrast.Width); i++)
            {
                int value = contrast.Values[i];
                if (value < level.Threshold)
                {
                    sum += value;
                    count++;
                }
            }
        }

        return (double)sum / Math.Max(count, 1);
    }

    /// <summary>Whether a component has no stroke: a hole of a sheet, a pattern's square, a stain.</summary>
    private static bool IsBlob(InkComponent component) => component.StrokeWidth > InkFinder.LargestStrokeShare * component.Box.Side;

    /// <summary>Whether a blob is a dot of the pen that wrote the nearest strokes: a broken stroke can consist of dots.</summary>
    private static bool IsDot(InkComponent blob, List<InkComponent> strokes)
        => blob.StrokeWidth <= WidestDot * strokes.MinBy(stroke => stroke.Box.Between(blob.Box))!.StrokeWidth;

    private static bool IsNear(Box digit, Box blob)
        => digit.Side > blob.Side && digit.GapAcross(blob) <= LargestBlobGap * digit.Side && digit.GapDown(blob) <= LargestBlobGap * digit.Side;

    /// <summary>Whether a component is drawn or printed around another, at a distance. No digit has a separate stroke inside.</summary>
    private static bool Frames(InkComponent frame, InkComponent content, int side)
    {
        int gap = (int)Math.Ceiling(LeastFrameGap * frame.Box.Side);
        return content.Box.Side >= LeastContent * frame.Box.Side
            && content.Box.Left - frame.Box.Left >= gap && frame.Box.Right - content.Box.Right >= gap
            && content.Box.Top - frame.Box.Top >= gap && frame.Box.Bottom - content.Box.Bottom >= gap
            && (frame.Box.Side >= LeastOpenFrame * side || IsAround(frame, (content.Box.Left + content.Box.Right) / 2, (content.Box.Top + content.Box.Bottom) / 2))
            && double.IsPositiveInfinity(InkDistance.Between(frame, content, gap));
    }

    /// <summary>Whether a component is met from a place to the left, to the right, above and below. A 2 around its loose upper stroke is not.</summary>
    private static bool IsAround(InkComponent frame, int column, int row)
        => frame.Runs.Any(run => run.Row == row && run.End <= column) && frame.Runs.Any(run => run.Row == row && run.Start > column)
        && frame.Runs.Any(run => run.Row < row && run.Start <= column && run.End > column)
        && frame.Runs.Any(run => run.Row > row && run.Start <= column && run.End > column);
}
