using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// The contrast of ink and of paper in a contrast map. The histogram contains the darkest pixel of each of some thousand tiles.
/// Only a few per cent of the pixels are ink, too few for two classes in a histogram of pixels. Many of the tiles contain ink.
/// Otsu's method separates the two classes. Source: Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions on Systems,
/// Man, and Cybernetics 9(1), 1979.
/// </summary>
/// <param name="Ink">The contrast of ink, 0 to 255.</param>
/// <param name="Paper">The largest contrast of paper, with its noise and its rules: the 95th percentile of its tiles.</param>
/// <param name="Typical">The median contrast of the tiles of paper.</param>
internal readonly record struct InkLevel(int Ink, int Paper, int Typical)
{
    // The number of tiles along the longer side.
    private const int Tiles = 64;

    // The smallest side of a tile, in pixels. In smaller tiles, ink is as rare as in the histogram of pixels.
    private const int LeastTile = 4;

    // The smallest contrast of ink, of 255. Folds, dust and light have less.
    private const int LeastInk = 20;

    // The smallest ratio of ink's contrast to the median contrast of paper.
    private const double LeastRatio = 1.7;

    // The smallest ratio of ink's contrast to the largest contrast of paper.
    private const double LeastRatioToDarkest = 1.2;

    // The contrast of a faint pixel of ink, as a share of the threshold.
    private const double FaintShare = 0.6;

    /// <summary>The threshold: the smallest contrast of a pixel of ink. At a stroke's edge, ink covers half of such a pixel.</summary>
    public int Threshold => Math.Max(Ink / 2, (Ink + (2 * Paper)) / 3);

    /// <summary>The smallest contrast of a faint pixel that joins two pieces of a stroke. Paper has less.</summary>
    public int Faint => Math.Max(Paper + 1, (int)(FaintShare * Threshold));

    /// <summary>Whether there is ink.</summary>
    public bool IsThere => Ink >= LeastInk && Ink >= LeastRatio * Typical && Ink >= LeastRatioToDarkest * Paper;

    /// <summary>Measures the levels of ink and of paper.</summary>
    /// <param name="contrast">The contrast map.</param>
    /// <param name="least">The smallest contrast of a tile that is counted.</param>
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

    /// <summary>The largest value of the lower class.</summary>
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
