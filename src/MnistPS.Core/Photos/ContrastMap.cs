using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Computes the contrast of each pixel: how much darker it is than the paper around it, from 0 (paper) to 255 (black).
/// A morphological closing estimates the paper, also below ink. Each pixel is divided by the estimate.
/// The division removes shadows and uneven light, so that ink has the same contrast in shade and in light.
/// Source: Lu, Su and Tan, "Document image binarization using background estimation and stroke edges", IJDAR 13, 2010. Their estimate fits polynomials.
/// A closing by reconstruction keeps the edges of shadows and sheets. Source: Vincent, "Morphological grayscale reconstruction in image analysis:
/// applications and efficient algorithms", IEEE Transactions on Image Processing 2(2), 1993.
/// </summary>
internal static class ContrastMap
{
    // The largest number of cells along the longer side. The paper is estimated on a grid of cells.
    private const int MostCells = 256;

    // The radius of the closing, divided by the number of steps of the reconstruction.
    // A square kernel leaves a wedge of a third of its radius along an edge that is tilted by 18 degrees.
    private const int RadiusPerStep = 3;

    // The smallest divisor of the contrast, as a grey value of 255. Smaller divisors amplify noise.
    private const int LeastDivisor = 40;

    // The grey value, of 255, that is added to a dark ground. It avoids a division by zero.
    private const float GroundOffset = 8;

    // The largest factor by which shade darkens paper, relative to its lightest tenth.
    private const float MostShadowFactor = 5;

    // The largest factor by which shade darkens a dark ground, relative to its median.
    private const float MostShadeFactor = 4;

    /// <summary>Computes the contrast map for ink of one tone.</summary>
    /// <param name="light">The grey image, 0 (black) to 255 (white).</param>
    /// <param name="tone">Whether the ink is dark or light.</param>
    /// <param name="window">The width of the closing's kernel, in pixels. Only strokes that are narrower can be ink.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Plane Of(Plane light, InkTone tone, int window)
    {
        Plane plane = tone == InkTone.Light ? light.Inverted() : light;
        int cell = Math.Max(1, (Math.Max(plane.Width, plane.Height) + MostCells - 1) / MostCells);
        Plane paper = Paper(Light(plane, cell), Math.Max(1, window / cell / 2), cell > 1 ? 1 : 0);
        float[] scales = Array.ConvertAll(FullInk(paper, tone), full => byte.MaxValue / full);
        byte[] contrast = new byte[plane.Values.Length];
        int[] cellOf = new int[plane.Width];
        float[] share = new float[plane.Width];
        for (int column = 0; column < plane.Width; column++)
        {
            (cellOf[column], share[column]) = Interpolation(column, cell, paper.Width);
        }

        float[] between = new float[paper.Width + 1];
        for (int row = 0; row < plane.Height; row++)
        {
            (int above, float down) = Interpolation(row, cell, paper.Height);
            int upper = above * paper.Width, lower = Math.Min(above + 1, paper.Height - 1) * paper.Width;
            for (int i = 0; i < paper.Width; i++)
            {
                between[i] = paper.Values[upper + i] + (down * (paper.Values[lower + i] - paper.Values[upper + i]));
            }

            int start = row * plane.Width;
            for (int column = 0; column < plane.Width; column++)
            {
                // The share of the cell after the last is 0.
                int left = cellOf[column];
                float around = between[left] + (share[column] * (between[left + 1] - between[left]));
                float darker = around - plane.Values[start + column];
                contrast[start + column] = (byte)MathF.Min((MathF.Max(darker, 0) * scales[(int)(around + 0.5f)]) + 0.5f, byte.MaxValue);
            }
        }

        return new Plane(plane.Width, plane.Height, contrast);
    }

    /// <summary>
    /// The largest difference between ink and paper, for each grey value of the paper. The darkest ink is black.
    /// What is darker than paper in shade is no paper, such as a table, and its texture has less contrast the darker it is.
    /// The ratio of light ink to its ground is the same everywhere, because the same light falls on both.
    /// At the ground's median, the lightest ink is white.
    /// </summary>
    private static float[] FullInk(Plane paper, InkTone tone)
    {
        float[] full = new float[byte.MaxValue + 1];
        Histogram greys = Histogram.Of(paper.Values);
        float usual = greys.Quantile(0.5);
        float darkest = greys.Quantile(0.9) / MostShadowFactor;
        float times = usual / (byte.MaxValue - usual + GroundOffset);
        for (int i = 0; i < full.Length; i++)
        {
            full[i] = tone == InkTone.Dark
                ? MathF.Max(i < darkest ? darkest * darkest / (i + 1) : i, LeastDivisor)
                : MathF.Max(MathF.Max((byte.MaxValue - i + GroundOffset) * times, usual / MostShadeFactor), LeastDivisor);
        }

        return full;
    }

    /// <summary>
    /// Estimates the paper's grey value for each cell. Wide dark areas, such as a table or a shadow, count as paper up to their edges.
    /// An erosion by one cell extends the darker side of an edge. Without it, a line along the edge would be found as ink.
    /// </summary>
    private static Plane Paper(Plane light, int reach, int further)
    {
        // The padding repeats the border. Without it, the narrow end of a table would be found as ink.
        Plane wide = Padded(light, reach);
        Plane closed = ExtremeFilter.Least(ExtremeFilter.Most(wide, reach), reach);

        // A square kernel leaves a wedge along a tilted edge, which the reconstruction removes.
        // A complete reconstruction would spread along strokes that cross the edge, so the number of steps is limited.
        for (int step = 0; step < reach / RadiusPerStep; step++)
        {
            closed = ExtremeFilter.Least(closed, 1);
            for (int i = 0; i < closed.Values.Length; i++)
            {
                closed.Values[i] = Math.Max(closed.Values[i], wide.Values[i]);
            }
        }

        return Padded(ExtremeFilter.Least(closed, further), -reach);
    }

    /// <summary>Pads a plane with repeated border values, or crops it where the padding is negative.</summary>
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

    /// <summary>The last cell whose centre is not after a pixel, and the weight of the next cell in linear interpolation.</summary>
    private static (int Cell, float Share) Interpolation(int pixel, int cell, int cells)
    {
        float place = Math.Clamp(((pixel + 0.5f) / cell) - 0.5f, 0, cells - 1);
        return ((int)place, place - (int)place);
    }

    /// <summary>Computes the mean of the pixels of each cell that are at least as light as its mean, so that thin strokes do not darken it.</summary>
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
                        // Noise makes a branch here slow: the sign of the difference counts instead.
                        int isLight = 1 + ((plane.Values[i] - mean) >> 31);
                        lightSum += isLight * plane.Values[i];
                        lightCount += isLight;
                    }
                }

                values[(y * width) + x] = (byte)(lightSum / lightCount);
            }
        }

        return new Plane(width, height, values);
    }
}
