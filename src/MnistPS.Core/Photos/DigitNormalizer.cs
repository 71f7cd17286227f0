using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Converts a digit of a photo to an image in MNIST's format. The digit is fitted into 20 × 20 pixels with its aspect ratio kept.
/// Its centre of mass is placed at the centre of 28 × 28 pixels. Its stroke width is limited to the range of MNIST's digits.
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
/// </summary>
internal static class DigitNormalizer
{
    /// <summary>The smallest stroke width that is kept, in pixels of the image. One in ten of MNIST's digits has thinner strokes.</summary>
    public const double LeastStroke = 1.5;

    /// <summary>The stroke width that thinner strokes get, in pixels of the image. It is the median of MNIST's digits, which networks read best.</summary>
    public const double UsualStroke = 2;

    /// <summary>The largest stroke width that is kept, in pixels of the image. One in thirty of MNIST's digits has wider strokes.</summary>
    public const double MostStroke = 3.4;

    // The row and the column of the centre of mass. Those of MNIST's images are spread evenly from 14 to 15.
    private const float Centre = 14.5f;

    // The number of pixels of the grid along each pixel of the image. Stroke widths are changed on this grid.
    private const int GridScale = 8;

    // The margin around the bounding box, in pixels of the grid. Widened strokes extend into it.
    private const int Margin = 16;
    private const int Side = GridScale * InkCanvas.Side;
    private const int GridSide = Side + (2 * Margin);

    // The smallest stroke width on the grid, in pixels of the grid. Narrower strokes are dilated before they are resampled, or they would vanish.
    private const double LeastGridStroke = 4;

    // The width of the band along the edge whose area measures the edge's length, in pixels of the grid. In a narrower band, the edge's stairs count.
    private const int EdgeBand = 2;

    // Half of the range of contrast in which ink rises from 0 to 255, as a share of the ink's contrast. The range is centred at the threshold.
    private const double HalfRange = 0.45;

    // The smallest ink value inside a bounding box, of 255. Lower values are paper.
    private const byte LeastInk = 32;

    // The ink value at the threshold, of 255. The pixels of a group have it at least, since faint ones join the pieces of a stroke.
    private const byte AtThreshold = 128;

    /// <summary>Computes the 784 grey values of a group.</summary>
    public static byte[] Normalize(Ink ink, DigitGroup group)
    {
        (Plane soft, Box box) = Cut(ink, group);
        double stroke = group.Components.Sum(component => component.StrokeWidth * component.Area) / group.Components.Sum(component => component.Area);
        int widening = (int)Math.Max(0, Math.Ceiling(((LeastGridStroke * box.Side / Side) - stroke) / 2));
        Plane wide = ExtremeFilter.Most(soft, widening);

        // The first resampling measures the stroke width. The second scales the digit so that it fills the box with its wanted stroke width.
        double scale = Side / (double)box.Side;
        bool[] mask = Mask(OnGrid(wide, box, scale));
        double width = StrokeWidth(mask);
        double gained = 2 * widening * scale;
        double wanted = width - gained < LeastStroke * GridScale ? UsualStroke * GridScale : Math.Min(width - gained, MostStroke * GridScale);
        if (width - gained == wanted)
        {
            return Image(OnGrid(soft, box, scale));
        }

        double skeleton = Math.Max(Side - (width - gained), Side / 2);
        double better = scale * (Side - wanted) / skeleton;
        mask = Mask(OnGrid(wide, box, better));
        return Image(Redrawn(mask, (wanted - (width * better / scale)) / 2));
    }

    /// <summary>Measures the stroke width of an image, in pixels.</summary>
    internal static double StrokeWidth(ReadOnlySpan<byte> pixels)
    {
        Plane plane = new(MnistImage.Side, MnistImage.Side, pixels.ToArray());
        return StrokeWidth(Mask(OnGrid(plane, new Box(4, 4, 24, 24), GridScale))) / GridScale;
    }

    /// <summary>The ink value of each pixel of the group and of its border, and the bounding box of the ink.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Plane Soft, Box Box) Cut(Ink ink, DigitGroup group)
    {
        // The blurred edges of an enlarged digit are as wide as one pixel of the image.
        int edge = 1 + (group.Box.Side / InkCanvas.Side);
        int width = group.Box.Width + (2 * edge);
        int height = group.Box.Height + (2 * edge);
        byte[] mask = new byte[width * height];
        foreach (InkRun run in group.Components.SelectMany(component => component.Runs))
        {
            mask.AsSpan(((run.Row - group.Box.Top + edge) * width) + run.Start - group.Box.Left + edge, run.Length).Fill(1);
        }

        // A filter with a reach gives a new plane, so the mask is still that of the group.
        byte[] values = ExtremeFilter.Most(new Plane(width, height, mask), edge).Values;
        float paper = (float)(ink.Level.Threshold - (HalfRange * ink.Level.Ink));
        float scale = byte.MaxValue / (float)(2 * HalfRange * ink.Level.Ink);
        Box box = new(width, height, 0, 0);
        for (int row = 0; row < height; row++)
        {
            int y = row + group.Box.Top - edge;
            for (int column = 0; column < width; column++)
            {
                int x = column + group.Box.Left - edge;
                ref byte value = ref values[(row * width) + column];
                if (value == 0 || y < 0 || y >= ink.Contrast.Height || x < 0 || x >= ink.Contrast.Width)
                {
                    value = 0;
                    continue;
                }

                int contrast = ink.Contrast.Values[(y * ink.Contrast.Width) + x];
                int least = mask[(row * width) + column] * AtThreshold;
                value = (byte)Math.Clamp((contrast - paper) * scale, least, byte.MaxValue);
                if (value >= LeastInk && contrast > ink.Level.Paper)
                {
                    box = box.Union(new Box(column, row, column + 1, row + 1));
                }
            }
        }

        return (new Plane(width, height, values), box);
    }

    /// <summary>Resamples ink to the grid, from 0 to 1, by area averaging. The centre of the box is at the centre of the grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] OnGrid(Plane plane, Box box, double scale)
    {
        double step = 1 / scale;
        double left = ((box.Left + box.Right) / 2.0) - (GridSide / 2 * step);
        double top = ((box.Top + box.Bottom) / 2.0) - (GridSide / 2 * step);
        float[] across = new float[plane.Height * GridSide];
        double[] sums = new double[plane.Width + 1];
        for (int row = 0; row < plane.Height; row++)
        {
            for (int column = 0; column < plane.Width; column++)
            {
                sums[column + 1] = sums[column] + plane.Values[(row * plane.Width) + column];
            }

            double before = SumTo(sums, left);
            for (int i = 0; i < GridSide; i++)
            {
                double after = SumTo(sums, left + ((i + 1) * step));
                across[(row * GridSide) + i] = (float)((after - before) * scale / byte.MaxValue);
                before = after;
            }
        }

        float[] grid = new float[GridSide * GridSide];
        for (int i = 0; i < GridSide; i++)
        {
            double from = Math.Clamp(top + (i * step), 0, plane.Height);
            double to = Math.Clamp(top + ((i + 1) * step), 0, plane.Height);
            Span<float> target = grid.AsSpan(i * GridSide, GridSide);
            for (int row = (int)from; row < to; row++)
            {
                float weight = (float)((Math.Min(row + 1, to) - Math.Max(row, from)) * scale);
                for (int column = 0; column < GridSide; column++)
                {
                    target[column] += weight * across[(row * GridSide) + column];
                }
            }
        }

        return grid;
    }

    private static double SumTo(double[] sums, double place)
    {
        double within = Math.Clamp(place, 0, sums.Length - 1);
        int whole = Math.Min((int)within, sums.Length - 2);
        return sums[whole] + ((within - whole) * (sums[whole + 1] - sums[whole]));
    }

    private static bool[] Mask(float[] grid) => Array.ConvertAll(grid, ink => ink >= 0.5f);

    /// <summary>
    /// Measures the mean stroke width along the strokes: twice the area divided by the length of the edge. A distance transform finds the pixels near the edge.
    /// A filled loop has much area and little edge, so it hardly hides how thin the other strokes are.
    /// </summary>
    private static double StrokeWidth(bool[] mask)
    {
        float[] distances = DistanceMap.To(Array.ConvertAll(mask, isInk => !isInk), GridSide);
        int area = mask.Count(isInk => isInk);

        // The distance to the centre of the next pixel is half a pixel longer than the distance to the edge.
        int nearEdge = distances.Count(distance => distance > 0 && distance < EdgeBand + 0.5);
        return area == 0 ? 0 : 2.0 * EdgeBand * area / nearEdge;
    }

    /// <summary>Moves the edges of the strokes outwards, in pixels of the grid. A negative distance moves them inwards.</summary>
    private static float[] Redrawn(bool[] mask, double outwards)
    {
        if (outwards >= 0)
        {
            return Array.ConvertAll(DistanceMap.To(mask, GridSide), distance => (float)Math.Clamp(outwards + 1 - distance, 0, 1));
        }

        float[] depths = DistanceMap.To(Array.ConvertAll(mask, isInk => !isInk), GridSide);
        return Array.ConvertAll(depths, depth => (float)Math.Clamp(depth + outwards, 0, 1));
    }

    /// <summary>Averages the grid to the 28 × 28 image.</summary>
    private static byte[] Image(float[] grid)
    {
        float[] ink = new float[InkCanvas.Side * InkCanvas.Side];
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                ink[(row / GridScale * InkCanvas.Side) + (column / GridScale)]
                    += grid[((row + Margin) * GridSide) + column + Margin] / (GridScale * GridScale);
            }
        }

        byte[] pixels = new byte[MnistImage.PixelCount];
        new InkCanvas(ink).CopyCentred(pixels, Centre);
        return pixels;
    }
}
