using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// How dark ink is in a contrast map, and how dark paper. It looks at the darkest pixel of each of some thousand tiles: ink is on a few in a hundred
/// pixels, too few to tell two sorts by their histogram, but on many of the tiles. The two sorts are told by Otsu's method ("A threshold selection method
/// from gray-level histograms", IEEE Transactions on Systems, Man, and Cybernetics 9(1), 1979).
/// </summary>
/// <param name="Ink">The contrast of ink, 0 to 255.</param>
/// <param name="Paper">The most that paper has, with its noise and its rules.</param>
/// <param name="Typical">What paper has on the whole.</param>
internal readonly record struct InkLevel(int Ink, int Paper, int Typical)
{
    // Tiles to the longer side.
    private const int Tiles = 64;

    // A tile is so many pixels wide at least, or the few pixels of ink in a small picture are as many to the noise as in the picture itself.
    private const int LeastTile = 4;

    // Less than this is nothing that a pen has written: folds, dust and light.
    private const int LeastInk = 20;

    // Ink is so many times as dark as paper on the whole, and as its darkest.
    private const double LeastRatio = 1.7;
    private const double LeastRatioToDarkest = 1.2;

    /// <summary>The contrast from which on a pixel is ink: that of a stroke's edge, where it covers half of the pixel.</summary>
    public int Threshold => Math.Max(Ink / 2, (Ink + (2 * Paper)) / 3);

    /// <summary>Whether there is any.</summary>
    public bool IsThere => Ink >= LeastInk && Ink >= LeastRatio * Typical && Ink >= LeastRatioToDarkest * Paper;

    /// <summary>Finds the two levels.</summary>
    /// <param name="contrast">The contrast map.</param>
    /// <param name="least">What has less is not looked at.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static InkLevel Of(Plane contrast, int least = 0)
    {
        int tile = Math.Max(LeastTile, Math.Max(contrast.Width, contrast.Height) / Tiles);
        int[] histogram = new int[256];
        for (int top = 0; top < contrast.Height; top += tile)
        {
            for (int left = 0; left < contrast.Width; left += tile)
            {
                int darkest = Darkest(contrast, left, top, tile);
                histogram[darkest] += darkest >= least ? 1 : 0;
            }
        }

        int split = Otsu(histogram);
        return new InkLevel(Percentile(histogram, split + 1, 255, 0.5), Percentile(histogram, 0, split, 0.95), Percentile(histogram, 0, split, 0.5));
    }

    private static int Darkest(Plane contrast, int left, int top, int tile)
    {
        int most = 0;
        for (int row = top; row < Math.Min(top + tile, contrast.Height); row++)
        {
            int start = row * contrast.Width;
            for (int i = start + left; i < start + Math.Min(left + tile, contrast.Width); i++)
            {
                most = Math.Max(most, contrast.Values[i]);
            }
        }

        return most;
    }

    /// <summary>The last value of the lower sort.</summary>
    private static int Otsu(int[] histogram)
    {
        double count = 0, sum = 0;
        for (int i = 0; i < histogram.Length; i++)
        {
            count += histogram[i];
            sum += (double)i * histogram[i];
        }

        double lowCount = 0, lowSum = 0, best = -1;
        int split = 0;
        for (int i = 0; i < histogram.Length - 1; i++)
        {
            lowCount += histogram[i];
            lowSum += (double)i * histogram[i];
            if (lowCount == 0 || lowCount == count)
            {
                continue;
            }

            double apart = (lowSum / lowCount) - ((sum - lowSum) / (count - lowCount));
            double between = lowCount * (count - lowCount) * apart * apart;
            if (between > best)
            {
                best = between;
                split = i;
            }
        }

        return split;
    }

    private static int Percentile(int[] histogram, int from, int to, double share)
    {
        int count = 0;
        for (int i = from; i <= to; i++)
        {
            count += histogram[i];
        }

        int left = (int)(share * count);
        for (int i = from; i <= to; i++)
        {
            left -= histogram[i];
            if (left < 0)
            {
                return i;
            }
        }

        return from;
    }
}
