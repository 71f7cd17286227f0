using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// How much darker each pixel is than the paper around it, 0 (paper) to 255 (black). The paper is estimated where there is ink too, by a
/// morphological closing, and each pixel is divided by it; so shadows and uneven light go, and ink is as dark in the shade as in the light. Source:
/// Lu, Su and Tan, "Document image binarization using background estimation and stroke edges", IJDAR 13, 2010, which fits polynomials instead; a
/// closing by reconstruction keeps the edges of shadows and sheets (Vincent, "Morphological grayscale reconstruction in image analysis: applications and
/// efficient algorithms", IEEE Transactions on Image Processing 2(2), 1993).
/// </summary>
internal static class ContrastMap
{
    // The paper is estimated in cells, so many to the longer side at most.
    private const int MostCells = 256;

    // The wedge that a square leaves is so large a part of its reach, where the edge leans by some 18 degrees.
    private const int StepsOfReach = 3;

    // What is less light is dark in itself; noise is not to be made large by it.
    private const int LeastPaper = 40;

    // A dark ground is so light at least, and in the shade it is taken for so many times as dark as it mostly is at most.
    private const float LeastGround = 8;
    private const float MostShade = 4;

    /// <summary>Makes the map of some ink.</summary>
    /// <param name="light">How light each pixel is.</param>
    /// <param name="tone">Whether the ink is dark or light.</param>
    /// <param name="window">What is narrower than this many pixels may be ink.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Plane Of(Plane light, InkTone tone, int window)
    {
        Plane plane = tone == InkTone.Light ? light.Inverted() : light;
        int cell = Math.Max(1, (Math.Max(plane.Width, plane.Height) + MostCells - 1) / MostCells);
        Plane paper = Paper(Light(plane, cell), Math.Max(1, window / cell / 2), cell > 1 ? 1 : 0);
        float[] full = FullInk(paper, tone);
        byte[] contrast = new byte[plane.Values.Length];
        int[] cellOf = new int[plane.Width];
        float[] share = new float[plane.Width];
        for (int column = 0; column < plane.Width; column++)
        {
            (cellOf[column], share[column]) = Between(column, cell, paper.Width);
        }

        for (int row = 0; row < plane.Height; row++)
        {
            (int above, float down) = Between(row, cell, paper.Height);
            ReadOnlySpan<byte> upper = paper.Values.AsSpan(above * paper.Width, paper.Width);
            ReadOnlySpan<byte> lower = paper.Values.AsSpan(Math.Min(above + 1, paper.Height - 1) * paper.Width, paper.Width);
            int start = row * plane.Width;
            for (int column = 0; column < plane.Width; column++)
            {
                int left = cellOf[column];
                int right = Math.Min(left + 1, paper.Width - 1);
                float across = share[column];
                float top = upper[left] + (across * (upper[right] - upper[left]));
                float bottom = lower[left] + (across * (lower[right] - lower[left]));
                float around = top + (down * (bottom - top));
                float darker = around - plane.Values[start + column];
                contrast[start + column] = darker <= 0 ? (byte)0 : (byte)MathF.Min((byte.MaxValue * darker / full[(int)(around + 0.5f)]) + 0.5f, byte.MaxValue);
            }
        }

        return new Plane(plane.Width, plane.Height, contrast);
    }

    /// <summary>
    /// How far from the paper the fullest ink is, for each lightness of the paper. Dark ink is black at most. Light ink is as many times as light as its
    /// ground everywhere, since one light falls on both; where the ground is as it mostly is, the lightest ink is white.
    /// </summary>
    private static float[] FullInk(Plane paper, InkTone tone)
    {
        float[] full = new float[byte.MaxValue + 1];
        byte[] sorted = [.. paper.Values];
        Array.Sort(sorted);
        float usual = sorted[sorted.Length / 2];
        float times = usual / (byte.MaxValue - usual + LeastGround);
        for (int i = 0; i < full.Length; i++)
        {
            full[i] = tone == InkTone.Dark
                ? MathF.Max(i, LeastPaper)
                : MathF.Max(MathF.Max((byte.MaxValue - i + LeastGround) * times, usual / MostShade), LeastPaper);
        }

        return full;
    }

    /// <summary>
    /// How light the paper is. What is dark and wide, such as a table or a shadow, is not ink, up to its edge. Where the paper steps, its darker side
    /// reaches a cell further, or a line along the step would seem to be ink.
    /// </summary>
    private static Plane Paper(Plane light, int reach, int further)
    {
        // What lies along the picture's edge goes on beyond it, or the narrow end of a table would be ink.
        Plane wide = Padded(light, reach);
        Plane closed = ExtremeFilter.Least(ExtremeFilter.Most(wide, reach), reach);

        // A square leaves a wedge along an edge that leans. The reconstruction stops there, or it would go on through strokes that cross the edge.
        for (int step = 0; step < reach / StepsOfReach; step++)
        {
            closed = ExtremeFilter.Least(closed, 1);
            for (int i = 0; i < closed.Values.Length; i++)
            {
                closed.Values[i] = Math.Max(closed.Values[i], wide.Values[i]);
            }
        }

        return Padded(ExtremeFilter.Least(closed, further), -reach);
    }

    /// <summary>A plane with more on each side, which repeats its edge, or with less.</summary>
    private static Plane Padded(Plane plane, int pad)
    {
        int width = plane.Width + (2 * pad);
        int height = plane.Height + (2 * pad);
        byte[] values = new byte[width * height];
        for (int row = 0; row < height; row++)
        {
            int from = Math.Clamp(row - pad, 0, plane.Height - 1) * plane.Width;
            for (int column = 0; column < width; column++)
            {
                values[(row * width) + column] = plane.Values[from + Math.Clamp(column - pad, 0, plane.Width - 1)];
            }
        }

        return new Plane(width, height, values);
    }

    /// <summary>The cell whose middle is before a pixel, and how far the pixel is on the way to the next one's.</summary>
    private static (int Cell, float Share) Between(int pixel, int cell, int cells)
    {
        float place = Math.Clamp(((pixel + 0.5f) / cell) - 0.5f, 0, cells - 1);
        return ((int)place, place - (int)place);
    }

    /// <summary>How light the lighter part of each cell is, so that fine ink does not darken it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane Light(Plane plane, int cell)
    {
        if (cell == 1)
        {
            return plane;
        }

        int width = (plane.Width + cell - 1) / cell;
        int height = (plane.Height + cell - 1) / cell;
        byte[] values = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            int bottom = Math.Min((y + 1) * cell, plane.Height);
            for (int x = 0; x < width; x++)
            {
                int right = Math.Min((x + 1) * cell, plane.Width);
                int sum = 0;
                for (int row = y * cell; row < bottom; row++)
                {
                    for (int i = (row * plane.Width) + (x * cell); i < (row * plane.Width) + right; i++)
                    {
                        sum += plane.Values[i];
                    }
                }

                int mean = sum / ((bottom - (y * cell)) * (right - (x * cell)));
                int lightSum = 0, lightCount = 0;
                for (int row = y * cell; row < bottom; row++)
                {
                    for (int i = (row * plane.Width) + (x * cell); i < (row * plane.Width) + right; i++)
                    {
                        if (plane.Values[i] >= mean)
                        {
                            lightSum += plane.Values[i];
                            lightCount++;
                        }
                    }
                }

                values[(y * width) + x] = (byte)(lightSum / lightCount);
            }
        }

        return new Plane(width, height, values);
    }
}
