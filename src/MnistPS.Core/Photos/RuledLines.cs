using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Removes the rules of ruled and squared paper from a mask of ink, and keeps the strokes that cross them. A vertical run of ink through a rule is short.
/// It is longer where a stroke crosses the rule. Staff-line removal uses the same criterion. Source: Dalitz, Droettboom, Pranzas and Fujinaga,
/// "A comparative study of staff removal algorithms", IEEE TPAMI 30(5), 2008.
/// </summary>
internal static class RuledLines
{
    // The largest thickness of a rule, as a share of the longer side.
    private const double Thickest = 0.012;

    // The smallest number of parallel rules on a sheet that does not fill the picture.
    private const int LeastCount = 3;

    // The smallest length of such a rule, as a share of the picture's width.
    private const double LeastShare = 0.3;

    // The smallest length of such a rule, as a multiple of the distance between rules. The bars of a 5 and the strokes of 6666 are parallel too, and shorter.
    private const double LeastLengthInGaps = 3;

    // The smallest length of a piece of a rule that strokes interrupt, as a share of the picture's width. The piece is continued parallel to the nearest rule.
    private const double LeastPieceShare = 0.06;

    // The smallest length of a single rule, as a share of the picture's width.
    private const double LeastSingleShare = 0.96;

    // The smallest share of a rule's length on which there is ink.
    private const double LeastCoverage = 0.7;

    // The largest share of ink beside a rule, where it is paper, as a share of that on the rule. A texture has as much ink beside a line as on it.
    private const double MostBeside = 0.5;

    // The distance up to which runs are a part of a long candidate's rule at first, as a share of its width. It is halved at each fit.
    private const double FirstReach = 0.02;

    // The smallest length of a horizontal run of a rule, in pixels. The runs of a slanted stroke are shorter.
    private const int LeastRun = 5;

    // The number of times that a parabola is fitted to the runs along it.
    private const int FitCount = 4;

    /// <summary>Removes the rules from a mask.</summary>
    public static (Plane Mask, Rules Rules) Remove(Plane mask)
    {
        Plane turned = mask.Transposed();
        byte[] acrossGone = (byte[])mask.Values.Clone();
        byte[] downGone = (byte[])turned.Values.Clone();
        Rules rules = new(Erase(mask, acrossGone), Erase(turned, downGone));
        if (rules.Count == 0)
        {
            return (mask, rules);
        }

        byte[] upright = (turned with { Values = downGone }).Transposed().Values;
        for (int i = 0; i < upright.Length; i++)
        {
            acrossGone[i] &= upright[i];
        }

        return (mask with { Values = acrossGone }, rules);
    }

    /// <summary>Erases the horizontal rules from the values of a mask, where the vertical run of ink is no longer than the rule is thick.</summary>
    private static List<Rule> Erase(Plane mask, byte[] values)
    {
        int thickest = Math.Clamp((int)(Thickest * Math.Max(mask.Width, mask.Height)), 2, byte.MaxValue - 1);
        Plane depths = Depths(mask, thickest);
        List<Rule> rules = Find(depths, thickest);
        foreach (Rule rule in rules)
        {
            double most = Math.Min(rule.Depth, thickest);
            for (int column = 0; column < mask.Width; column++)
            {
                double middle = rule.Line.At(column);
                for (int row = Math.Max(0, (int)Math.Ceiling(middle - most)); row <= Math.Min(mask.Height - 1, middle + most); row++)
                {
                    int i = (row * mask.Width) + column;
                    if (depths.Values[i] <= most)
                    {
                        values[i] = 0;
                    }
                }
            }
        }

        return rules;
    }

    /// <summary>Finds the horizontal rules.</summary>
    private static List<Rule> Find(Plane depths, int thickest)
    {
        List<InkRun> thin = InkComponents.RunsOf(depths with { Values = Array.ConvertAll(depths.Values, depth => depth <= thickest ? depth : (byte)0) });
        List<InkRun> flat = [.. thin.Where(run => run.Length >= LeastRun)];
        List<Rule> rules = [];
        int count;
        do
        {
            // Rules that a digit links are one candidate, and one of them is found first. The rest is tried again, beside what was found.
            count = rules.Count;
            foreach (InkComponent candidate in InkComponents.Of([.. flat.Where(run => !rules.Any(rule => rule.Holds(run)))], gap: 3 * thickest)
                .Where(candidate => candidate.Box.Width >= (count == 0 ? LeastShare : LeastPieceShare) * depths.Width).OrderByDescending(candidate => candidate.Box.Width))
            {
                if (!rules.Any(rule => rule.Holds(candidate.Runs[candidate.Runs.Count / 2]))
                    && Fit(candidate, count == 0 ? null : Beside(candidate, rules, thickest), thin, depths, thickest) is { } rule
                    && !rules.Any(other => other.Holds(depths.Width / 2.0, rule.Line.At(depths.Width / 2.0))))
                {
                    rules.Add(rule);
                }
            }
        }
        while (rules.Count > count);

        double least = rules.Count < LeastCount ? double.MaxValue : Math.Max(LeastShare * depths.Width, LeastLengthInGaps * Gap(rules, depths.Width / 2.0));
        rules.RemoveAll(rule => rule.Span < Math.Min(least, LeastSingleShare * depths.Width));
        return rules;
    }

    /// <summary>The median distance between neighbouring rules at a column.</summary>
    private static double Gap(List<Rule> rules, double column)
    {
        double[] places = [.. rules.Select(rule => rule.Line.At(column)).Order()];
        return Median.Of(places.Skip(1).Zip(places, (below, above) => below - above));
    }

    /// <summary>The parabola of the nearest rule, moved to where most of a candidate's pixels lie. Rules of one direction are almost parallel.</summary>
    private static Parabola Beside(InkComponent candidate, List<Rule> rules, int thickest)
    {
        InkRun middle = candidate.Runs[candidate.Runs.Count / 2];
        Parabola shape = rules.MinBy(rule => Math.Abs(rule.Line.At(middle.Middle) - middle.Row))!.Line;
        (double Offset, int Length)[] runs = [.. candidate.Runs.Select(run => (run.Row - shape.At(run.Middle), run.Length)).Order()];
        double at = 0;
        int most = 0, length = 0, first = 0;
        foreach ((double offset, int more) in runs)
        {
            length += more;
            while (offset - runs[first].Offset > thickest)
            {
                length -= runs[first++].Length;
            }

            if (length > most)
            {
                most = length;
                at = 0.5 * (offset + runs[first].Offset);
            }
        }

        return shape with { A = shape.A + at };
    }

    /// <summary>The rule that a candidate is a part of, or null if it is no rule. A parabola follows the curvature of a sheet.</summary>
    private static Rule? Fit(InkComponent candidate, Parabola? expected, List<InkRun> thin, Plane depths, int thickest)
    {
        byte DepthAt(InkRun run) => depths.Values[(run.Row * depths.Width) + (int)run.Middle];
        int thickness = Thickness(candidate.Runs, depths);
        List<InkRun> along = [.. candidate.Runs.Where(run => DepthAt(run) <= Math.Min(Rule.DepthOf(thickness), thickest))];
        Parabola line = expected ?? Parabola.Through(along);
        double reach = expected is null ? FirstReach * candidate.Box.Width : thickest / 2.0;
        for (int fit = 0; fit < FitCount; fit++, reach /= 2)
        {
            // A long candidate is fitted alone first. Then the runs along the parabola across the picture are fitted, because strokes interrupt a rule.
            double most = Math.Min(Rule.DepthOf(thickness), thickest);
            along = [.. (fit < 2 && expected is null ? candidate.Runs : thin).Where(run => Math.Abs(line.At(run.Middle) - run.Row) <= Math.Max(reach, most) && DepthAt(run) <= most)];
            if (along.Count == 0)
            {
                return null;
            }

            line = Parabola.Through(along);
            thickness = Thickness(along, depths);
        }

        int left = along.Min(run => run.Start);
        int right = along.Max(run => run.End);
        int Covered(int below, int tolerance)
            => Enumerable.Range(left, right - left).Count(column => IsInk(depths, column, (int)Math.Round(line.At(column)) + below, tolerance));
        int covered = Covered(0, 1);
        int beside = thickness + 1;
        return covered >= LeastCoverage * (right - left) && Covered(beside, 0) + Covered(-beside, 0) <= 2 * MostBeside * covered ? new Rule(line, right - left, thickness) : null;
    }

    /// <summary>The median length of the vertical runs of ink through runs.</summary>
    private static int Thickness(IReadOnlyList<InkRun> runs, Plane depths)
    {
        double[] counts = new double[byte.MaxValue + 1];
        foreach (InkRun run in runs)
        {
            foreach (byte depth in depths.Values.AsSpan((run.Row * depths.Width) + run.Start, run.Length))
            {
                // A vertical run counts once: each of its pixels is a part of it.
                counts[depth] += 1.0 / depth;
            }
        }

        double half = counts.Sum() / 2;
        return Array.FindIndex(counts, count => (half -= count) <= 0);
    }

    /// <summary>Whether there is ink in a column, at most some rows from a row. The ink can be a rule's or a stroke's.</summary>
    private static bool IsInk(Plane depths, int column, int row, int tolerance)
    {
        for (int y = Math.Max(row - tolerance, 0); y <= Math.Min(row + tolerance, depths.Height - 1); y++)
        {
            if (depths.Values[(y * depths.Width) + column] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The length of the vertical run of ink through each pixel. Longer runs than <paramref name="most"/> count as one pixel longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane Depths(Plane mask, int most)
    {
        int width = mask.Width;
        byte[] values = new byte[mask.Values.Length];
        int[] depths = new int[width];
        for (int row = 0; row <= mask.Height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                if (row < mask.Height && mask.Values[(row * width) + column] != 0)
                {
                    depths[column]++;
                    continue;
                }

                byte depth = (byte)Math.Min(depths[column], most + 1);
                for (int y = row - depths[column]; y < row; y++)
                {
                    values[(y * width) + column] = depth;
                }

                depths[column] = 0;
            }
        }

        return mask with { Values = values };
    }
}
