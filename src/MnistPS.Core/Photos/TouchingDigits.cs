namespace MnistPS.Photos;

/// <summary>
/// Parts digits that have been written into each other, where a cut is clear: it crosses one stroke only, and leaves something as high as a digit on
/// either side. The cut may lean as digits do. What looks like one wide digit stays whole.
/// </summary>
internal static class TouchingDigits
{
    // What is narrower, as a share of its height and of a digit's, is one digit.
    private const double WidestDigit = 1.3;

    // Each side of a cut is so high, and so wide, as a share of a digit's height.
    private const double LeastHeight = 0.8;
    private const double LeastWidth = 0.12;

    // A clear cut goes through so many widths of a stroke at most; through fewer where two digits would hardly have room.
    private const double MostStrokes = 2.2;
    private const double FewestStrokes = 1.5;

    // Columns by which a cut is further right at the top than at the bottom, for each row.
    private static readonly double[] _slants = [0, 0.15, -0.15, 0.3, -0.3, 0.45];

    /// <summary>The digits of a component: itself, where it is one.</summary>
    /// <param name="component">The component.</param>
    /// <param name="height">The height of a digit.</param>
    public static IEnumerable<InkComponent> Part(InkComponent component, double height)
    {
        if (component.Box.Width < WidestDigit * Math.Max(height, component.Box.Height) || Cut(component, height) is not ({ } left, { } right))
        {
            return [component];
        }

        return [.. Part(left, height), .. Part(right, height)];
    }

    private static (InkComponent Left, InkComponent Right)? Cut(InkComponent component, double height)
    {
        Box box = component.Box;
        double most = (box.Width > 1.4 * height ? MostStrokes : FewestStrokes) * component.StrokeWidth;
        List<(double Cost, int Column, double Slant)> cuts = [];
        foreach (double slant in _slants)
        {
            (int[] ink, int[] strokes, int first) = Crossings(component, slant);
            for (int i = 0; i < ink.Length; i++)
            {
                if (strokes[i] == 1 && ink[i] <= most)
                {
                    cuts.Add((ink[i], first + i, slant));
                }
            }
        }

        // The thinnest place first; a few, since most leave a stroke on one side and not a digit.
        foreach ((_, int column, double slant) in cuts.OrderBy(cut => cut.Cost).ThenBy(cut => Math.Abs(cut.Slant)))
        {
            (List<InkRun> left, List<InkRun> right) = Divide(component, column, slant);
            if (IsDigit(left, height) && IsDigit(right, height))
            {
                return (Largest(left), Largest(right));
            }
        }

        return null;
    }

    /// <summary>For each leaning column, the ink in it, and how many strokes that is.</summary>
    private static (int[] Ink, int[] Strokes, int First) Crossings(InkComponent component, double slant)
    {
        Box box = component.Box;
        int lean = (int)Math.Ceiling(Math.Abs(slant) * box.Height);
        int first = box.Left - lean;
        int[] ink = new int[box.Width + (2 * lean) + 1];
        int[] strokes = new int[ink.Length];
        int[] last = new int[ink.Length];
        Array.Fill(last, int.MinValue);
        foreach (InkRun run in component.Runs)
        {
            int shift = Shift(component, run.Row, slant) + first;
            for (int column = run.Start - shift; column < run.End - shift; column++)
            {
                ink[column]++;
                if (last[column] < run.Row - 1)
                {
                    strokes[column]++;
                }

                last[column] = run.Row;
            }
        }

        return (ink, strokes, first);
    }

    private static (List<InkRun> Left, List<InkRun> Right) Divide(InkComponent component, int column, double slant)
    {
        List<InkRun> left = [], right = [];
        foreach (InkRun run in component.Runs)
        {
            int at = Math.Clamp(column + Shift(component, run.Row, slant), run.Start, run.End);
            if (at > run.Start)
            {
                left.Add(run with { End = at });
            }

            if (at < run.End)
            {
                right.Add(run with { Start = at });
            }
        }

        return (left, right);
    }

    private static int Shift(InkComponent component, int row, double slant)
        => (int)Math.Round(slant * ((0.5 * (component.Box.Top + component.Box.Bottom)) - row));

    private static bool IsDigit(List<InkRun> runs, double height)
        => runs.Count > 0 && Largest(runs).Box is { } box && box.Height >= LeastHeight * height && box.Width >= LeastWidth * height;

    private static InkComponent Largest(List<InkRun> runs) => InkComponents.Of(runs).MaxBy(component => component.Area)!;
}
