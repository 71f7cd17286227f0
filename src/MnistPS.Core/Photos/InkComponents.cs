using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Finds the 8-connected components of ink. Source: Rosenfeld and Pfaltz, "Sequential operations in digital picture processing", Journal of the
/// ACM 13(4), 1966. Runs replace pixels here.
/// </summary>
internal static class InkComponents
{
    /// <summary>The runs of a mask, row by row.</summary>
    /// <param name="mask">The mask. Values other than zero are ink.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static List<InkRun> RunsOf(Plane mask)
    {
        List<InkRun> runs = [];
        for (int row = 0; row < mask.Height; row++)
        {
            ReadOnlySpan<byte> values = mask.Values.AsSpan(row * mask.Width, mask.Width);
            int column = 0;
            while (true)
            {
                int skipped = values[column..].IndexOfAnyExcept((byte)0);
                if (skipped < 0)
                {
                    break;
                }

                int start = column + skipped;
                int length = values[start..].IndexOf((byte)0);
                column = length < 0 ? mask.Width : start + length;
                runs.Add(new InkRun(row, start, column));
                if (column == mask.Width)
                {
                    break;
                }
            }
        }

        return runs;
    }

    /// <summary>The components of runs.</summary>
    /// <param name="runs">Runs, row by row.</param>
    /// <param name="gap">The largest gap between connected runs of one row or of adjacent rows, in pixels. It is 0 for none.</param>
    public static List<InkComponent> Of(List<InkRun> runs, int gap = 0)
    {
        int[] parents = Link(runs, gap);
        Dictionary<int, List<InkRun>> groups = [];
        for (int i = 0; i < runs.Count; i++)
        {
            int root = Root(parents, i);
            if (!groups.TryGetValue(root, out List<InkRun>? group))
            {
                groups.Add(root, group = []);
            }

            group.Add(runs[i]);
        }

        return [.. groups.Values.Select(Component)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Link(List<InkRun> runs, int gap)
    {
        int[] parents = new int[runs.Count];
        int above = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            parents[i] = i;
            InkRun run = runs[i];
            if (gap > 0 && i > 0 && runs[i - 1].Row == run.Row && run.Start - runs[i - 1].End <= gap)
            {
                Join(parents, i, i - 1);
            }

            while (above < i && (runs[above].Row < run.Row - 1 || (runs[above].Row == run.Row - 1 && runs[above].End + gap < run.Start)))
            {
                above++;
            }

            for (int j = above; j < i && runs[j].Row == run.Row - 1 && runs[j].Start <= run.End + gap; j++)
            {
                Join(parents, i, j);
            }
        }

        return parents;
    }

    private static void Join(int[] parents, int one, int other)
    {
        int first = Root(parents, one);
        int second = Root(parents, other);
        parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
        {
            parents[i] = parents[parents[i]];
            i = parents[i];
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static InkComponent Component(List<InkRun> runs)
    {
        Box box = new(int.MaxValue, runs[0].Row, int.MinValue, runs[^1].Row + 1);
        int area = 0;
        int touching = 0;
        int above = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            InkRun run = runs[i];
            box = box with { Left = Math.Min(box.Left, run.Start), Right = Math.Max(box.Right, run.End) };
            area += run.Length;
            while (above < i && (runs[above].Row < run.Row - 1 || (runs[above].Row == run.Row - 1 && runs[above].End <= run.Start)))
            {
                above++;
            }

            for (int j = above; j < i && runs[j].Row == run.Row - 1 && runs[j].Start < run.End; j++)
            {
                touching += Math.Min(run.End, runs[j].End) - Math.Max(run.Start, runs[j].Start);
            }
        }

        // The edges of the pixels are 4 / π times as long as the outline, averaged over all directions.
        int steps = (2 * runs.Count) + (2 * (area - touching));
        return new InkComponent(runs, box, area, Math.PI / 4 * steps);
    }
}
