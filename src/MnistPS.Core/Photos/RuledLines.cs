using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Takes the rules of ruled and squared paper out of a mask of ink, and leaves the strokes that cross them. A rule's pixel has little ink above and
/// below it, and a stroke's across it has more; so the removal of staff lines works, too (Dalitz, Droettboom, Pranzas and Fujinaga, "A comparative
/// study of staff removal algorithms", IEEE TPAMI 30(5), 2008).
/// </summary>
internal static class RuledLines
{
    // The thickest rule, as a share of the longer side.
    private const double Thickest = 0.012;

    // Of rules of one direction, those of a sheet that does not fill the picture: so many at least, each so long as a share of the picture.
    private const int LeastCount = 3;
    private const double LeastShare = 0.4;

    // A single one goes from edge to edge.
    private const double WholeShare = 0.96;

    // So much of a rule's length must be seen; the rest is crossed by others.
    private const double LeastCoverage = 0.6;

    // A rule is so many times as long as thick in each row that it passes, as long as it leans by less than some 20 degrees.
    private const double LeastSlimness = 2.5;

    /// <summary>The mask without rules, and how many there were.</summary>
    public static (Plane Mask, int Count) Remove(Plane mask)
    {
        int thickest = Math.Max(2, (int)(Thickest * Math.Max(mask.Width, mask.Height)));
        List<InkRun> across = Find(mask, thickest, out int acrossCount);
        List<InkRun> down = Find(Transposed(mask), thickest, out int downCount);
        if (acrossCount + downCount == 0)
        {
            return (mask, 0);
        }

        byte[] values = (byte[])mask.Values.Clone();
        foreach (InkRun run in across)
        {
            values.AsSpan((run.Row * mask.Width) + run.Start, run.Length).Clear();
        }

        foreach (InkRun run in down)
        {
            for (int row = run.Start; row < run.End; row++)
            {
                values[(row * mask.Width) + run.Row] = 0;
            }
        }

        return (mask with { Values = values }, acrossCount + downCount);
    }

    /// <summary>The pixels of rules that go from left to right.</summary>
    private static List<InkRun> Find(Plane mask, int thickest, out int count)
    {
        List<InkRun> thin = InkComponents.RunsOf(Thin(mask, thickest));
        thin.RemoveAll(run => run.Length < LeastSlimness * 2);
        List<(List<InkRun> Runs, double Share)> rules = [];
        foreach (InkComponent candidate in InkComponents.Of(thin, gap: 3 * thickest))
        {
            double share = (double)candidate.Box.Width / mask.Width;
            if (share >= LeastShare && TryFollow(candidate, thickest, out List<InkRun> runs))
            {
                rules.Add((runs, share));
            }
        }

        rules.RemoveAll(rule => rule.Share < (rules.Count >= LeastCount ? LeastShare : WholeShare));
        count = rules.Count;
        return [.. rules.SelectMany(rule => rule.Runs)];
    }

    /// <summary>The runs of a candidate that lie along a line, which may be bent a little as sheets are; false if too few do.</summary>
    private static bool TryFollow(InkComponent candidate, int thickest, out List<InkRun> along)
    {
        along = [.. candidate.Runs];
        for (int round = 0; round < 3; round++)
        {
            Parabola line = Parabola.Through(along);
            double reach = Math.Max(thickest, 0.02 * candidate.Box.Width / (1 << round));
            along = [.. along.Where(run => Math.Abs(line.At(0.5 * (run.Start + run.End)) - run.Row) <= reach)];
            if (along.Count == 0)
            {
                return false;
            }
        }

        bool[] seen = new bool[candidate.Box.Width];
        foreach (InkRun run in along)
        {
            seen.AsSpan(run.Start - candidate.Box.Left, run.Length).Fill(true);
        }

        return seen.Count(isSeen => isSeen) >= LeastCoverage * candidate.Box.Width;
    }

    /// <summary>Where the ink is no thicker from top to bottom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane Thin(Plane mask, int thickest)
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

                if (depths[column] is > 0 and int depth)
                {
                    for (int y = row - depth; depth <= thickest && y < row; y++)
                    {
                        values[(y * width) + column] = 1;
                    }

                    depths[column] = 0;
                }
            }
        }

        return mask with { Values = values };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane Transposed(Plane mask)
    {
        byte[] values = new byte[mask.Values.Length];
        for (int row = 0; row < mask.Height; row++)
        {
            for (int column = 0; column < mask.Width; column++)
            {
                values[(column * mask.Height) + row] = mask.Values[(row * mask.Width) + column];
            }
        }

        return new Plane(mask.Height, mask.Width, values);
    }
}
