namespace MnistPS;

/// <summary>
/// Recognizes transposed digits. The mean image of each digit is compared with that of drawn digits: a transposed set correlates more with these when
/// it is transposed again.
/// </summary>
internal static class Orientation
{
    private const int MostImages = 2000;
    private const int DrawnImages = 400;
    private const int FewestImages = 100;

    // Measured upright and transposed: MNIST 0.81 and 0.22, drawn digits of another seed 0.97 and 0.26, the first 100 of MNIST's test images 0.63 and 0.18,
    // UCI's digits 0.48 and 0.07. Silhouettes of clothes and printed letters are below 0.03, and MNIST with other labels below 0.32.
    private const double LeastLikeness = 0.4;
    private const double LeastDifference = 0.25;

    private static readonly Lazy<double[][]> _drawn = new(() => Means(SyntheticDigits.Draw(DrawnImages, seed: 0)));

    /// <summary>Whether the images look transposed; false for fewer than a hundred images.</summary>
    public static bool LooksTransposed(ImageSet images)
    {
        if (images.Count < FewestImages)
        {
            return false;
        }

        (double upright, double transposed) = Likeness(images);
        return transposed > LeastLikeness && transposed - upright > LeastDifference;
    }

    /// <summary>The correlation of the digits' means with those of drawn digits, upright and transposed, each without the mean of all images.</summary>
    internal static (double Upright, double Transposed) Likeness(ImageSet images)
    {
        double[][] means = Means(images);
        double both = 0, own = 0, drawn = 0, turned = 0;
        for (int digit = 0; digit < means.Length; digit++)
        {
            for (int i = 0; i < MnistImage.PixelCount; i++)
            {
                double here = means[digit][i];
                double there = _drawn.Value[digit][i];
                both += here * there;
                own += here * here;
                drawn += there * there;
                turned += here * _drawn.Value[digit][(i % MnistImage.Side * MnistImage.Side) + (i / MnistImage.Side)];
            }
        }

        double scale = Math.Sqrt(own * drawn);
        return scale > 0 ? (both / scale, turned / scale) : (0, 0);
    }

    /// <summary>The mean of each digit minus the mean of all images, 784 values each; zeros for a digit without images.</summary>
    private static double[][] Means(ImageSet images)
    {
        double[][] means = [.. Enumerable.Range(0, 10).Select(_ => new double[MnistImage.PixelCount])];
        double[] all = new double[MnistImage.PixelCount];
        int[] counts = new int[means.Length];
        int count = Math.Min(images.Count, MostImages);
        for (int image = 0; image < count; image++)
        {
            ReadOnlySpan<byte> pixels = images.PixelsOf(image);
            double[] mean = means[images.LabelOf(image)];
            counts[images.LabelOf(image)]++;
            for (int i = 0; i < pixels.Length; i++)
            {
                mean[i] += pixels[i];
                all[i] += pixels[i];
            }
        }

        for (int digit = 0; digit < means.Length; digit++)
        {
            for (int i = 0; i < all.Length && counts[digit] > 0; i++)
            {
                means[digit][i] = (means[digit][i] / counts[digit]) - (all[i] / count);
            }
        }

        return means;
    }
}
