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

    // The smallest length of a horizontal run of a rule, in pixels. The runs of a slanted stroke are shorter.
    private const int LeastRun = 5;

    // The number of times that a parabola is fitted to the runs along it.
    private const int FitCount = 4;

    /// <summary>Removes the rules. Returns the mask, the number of rules, and their mean thickness in pixels, 0 where there is none.</summary>
    public static (Plane Mask, int Count, double Thickness) Remove(Plane mask)
    {
        List<double> thicknesses = [];
        Plane turned = mask.Transposed();
        byte[] acrossGone = (byte[])mask.Values.Clone();
        byte[] downGone = (byte[])turned.Values.Clone();
        Erase(mask, acrossGone, thicknesses);
        Erase(turned, downGone, thicknesses);
        if (thicknesses.Count == 0)
        {
            return (mask, 0, 0);
        }

        byte[] upright = (turned with { Values = downGone }).Transposed().Values;
        for (int i = 0; i < upright.Length; i++)
        {
            acrossGone[i] &= upright[i];
        }

        return (mask with { Values = acrossGone }, thicknesses.Count, thicknesses.Average());
    }

    /// <summary>Erases the horizontal rules from the values of a mask, where the vertical run of ink is no longer than the rule is thick.</summary>
    private static void Erase(Plane mask, byte[] values, List<double> thicknesses)
    {
        int thickest = Math.Clamp((int)(Thickest * Math.Max(mask.Width, mask.Height)), 2, byte.MaxValue - 1);
        Plane depths = Depths(mask, thickest);
        foreach (Rule rule in Find(depths, thickest))
        {
            thicknesses.Add(rule.Thickness);
            double most = Math.Min((1.6 * rule.Thickness) + 1, thickest);
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
    }

    /// <summary>Finds the horizontal rules.</summary>
    private static List<Rule> Find(Plane depths, int thickest)
    {
        List<InkRun> thin = InkComponents.RunsOf(depths with { Values = Array.ConvertAll(depths.Values, depth => depth <= thickest ? depth : (byte)0) });
        List<InkRun> flat = [.. thin.Where(run => run.Length >= LeastRun)];
        List<Rule> rules = [];
        foreach (InkComponent candidate in InkComponents.Of(flat, gap: 3 * thickest)
            .Where(candidate => candidate.Box.Width >= LeastPieceShare * depths.Width).OrderByDescending(candidate => candidate.Box.Width))
        {
            bool isLong = candidate.Box.Width >= LeastShare * depths.Width;
            if ((isLong || rules.Count > 0) && !rules.Any(rule => rule.Holds(candidate))
                && Fit(candidate, isLong ? null : Beside(candidate, rules), thin, depths, thickest) is { } rule)
            {
                rules.Add(rule);
            }
        }

        double least = rules.Count < LeastCount ? double.MaxValue : Math.Max(LeastShare * depths.Width, LeastLengthInGaps * Gap(rules, depths.Width / 2.0));
        rules.RemoveAll(rule => rule.Span < Math.Min(least, LeastSingleShare * depths.Width));
        return rules;
    }

    /// <summary>The median distance between neighbouring rules at a column.</summary>
    private static double Gap(List<Rule> rules, double column)
    {
        double[] places = [.. rules.Select(rule => rule.Line.At(column)).Order()];
        double[] gaps = [.. places.Skip(1).Zip(places, (below, above) => below - above).Order()];
        return gaps[gaps.Length / 2];
    }

    /// <summary>The parabola of the nearest rule, moved to a candidate. Rules of one direction are almost parallel.</summary>
    private static Parabola Beside(InkComponent candidate, List<Rule> rules)
    {
        InkRun run = candidate.Runs[candidate.Runs.Count / 2];
        double column = 0.5 * (run.Start + run.End);
        return rules.MinBy(rule => Math.Abs(rule.Line.At(column) - run.Row))!.Line.Through(column, run.Row);
    }

    /// <summary>The rule that a candidate is a part of, or null if it is no rule. A parabola follows the curvature of a sheet.</summary>
    private static Rule? Fit(InkComponent candidate, Parabola? beside, List<InkRun> thin, Plane depths, int thickest)
    {
        List<InkRun> along = [.. candidate.Runs];
        Parabola line = default;
        for (int fit = 0; fit < FitCount; fit++)
        {
            // A long candidate is fitted alone first. Then the runs along the parabola across the picture are fitted, because strokes interrupt a rule.
            line = fit == 0 && beside is { } shape ? shape : Parabola.Through(along);
            double reach = Math.Max(thickest / 2.0, candidate.Box.Width * 0.02 / (1 << fit));
            along = [.. (fit < 2 && beside is null ? candidate.Runs : thin).Where(run => Math.Abs(line.At(0.5 * (run.Start + run.End)) - run.Row) <= reach)];
            if (along.Count == 0)
            {
                return null;
            }
        }

        int left = along.Min(run => run.Start);
        int right = along.Max(run => run.End);
        int covered = Enumerable.Range(left, right - left).Count(column => IsInk(depths, column, (int)Math.Round(line.At(column))));
        return covered >= LeastCoverage * (right - left)
            ? new Rule(line, right - left, along.Average(run => depths.Values[(run.Row * depths.Width) + ((run.Start + run.End) / 2)]))
            : null;
    }

    /// <summary>Whether there is ink at a pixel or in the pixel above or below it. The ink can be a rule's or a stroke's.</summary>
    private static bool IsInk(Plane depths, int column, int row)
    {
        for (int y = Math.Max(row - 1, 0); y <= Math.Min(row + 1, depths.Height - 1); y++)
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

    /// <summary>A rule.</summary>
    /// <param name="Line">Its centre line.</param>
    /// <param name="Span">The number of columns from its first to its last.</param>
    /// <param name="Thickness">Its mean thickness, in pixels.</param>
    private sealed record Rule(Parabola Line, int Span, double Thickness)
    {
        /// <summary>Whether a candidate is a part of the rule.</summary>
        public bool Holds(InkComponent candidate)
        {
            InkRun run = candidate.Runs[candidate.Runs.Count / 2];
            return Math.Abs(Line.At(0.5 * (run.Start + run.End)) - run.Row) <= Thickness;
        }
    }
}
