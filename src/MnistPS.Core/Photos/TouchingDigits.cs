namespace MnistPS.Photos;

/// <summary>
/// Separates touching digits of one connected component by straight cuts, upright or slanted. A cut crosses only one stroke.
/// Each side of a cut has a component that is as high as a digit. A component that can be one wide digit is not cut.
/// </summary>
internal static class TouchingDigits
{
    // The smallest width of two touching digits, as a multiple of their height and of a digit's height.
    private const double WidestDigit = 1.3;

    // The smallest height and width of each side of a cut, as shares of a digit's height.
    private const double LeastHeight = 0.8;
    private const double LeastWidth = 0.12;

    // The largest length of ink on a cut, in stroke widths.
    private const double MostInk = 2.2;

    // The largest length of ink on a cut of a component that is hardly wide enough for two digits, in stroke widths.
    private const double MostInkOfNarrow = 1.5;

    // The slants of the cuts, in columns to the right for each row upwards.
    private static readonly double[] _slants = [0, 0.15, -0.15, 0.3, -0.3, 0.45];

    /// <summary>Separates the digits of a component. The result is the component itself where it is one digit.</summary>
    /// <param name="component">The component.</param>
    /// <param name="height">The height of a digit, in pixels.</param>
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
        double most = (box.Width > 1.4 * height ? MostInk : MostInkOfNarrow) * component.StrokeWidth;
        List<(double Cost, int Column, double Slant)> cuts = [];
        foreach (double slant in _slants)
        {
            (int[] ink, int[] strokes, int first) = Projection(component, slant);
            for (int i = 0; i < ink.Length; i++)
            {
                if (strokes[i] == 1 && ink[i] <= most)
                {
                    cuts.Add((ink[i], first + i, slant));
                }
            }
        }

        // The cut with the least ink is tried first. Most cuts have only a part of a digit on one side.
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

    /// <summary>A projection along a slant: the pixels of ink in each slanted column, and the number of strokes that it crosses.</summary>
    private static (int[] Ink, int[] Strokes, int First) Projection(InkComponent component, double slant)
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
