using System.Security.Cryptography;

namespace MnistPS.Tests;

public class SyntheticDigitsTests
{
    // Large enough that the statistics below vary far less than their bounds.
    private static readonly ImageSet _sample = SyntheticDigits.Draw(4000, 42);

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    public void The_same_seed_gives_the_same_bytes(ulong seed)
    {
        ImageSet first = SyntheticDigits.Draw(50, seed);
        ImageSet second = SyntheticDigits.Draw(50, seed);

        Assert.Equal(first.Labels, second.Labels);
        Assert.Equal(PixelsOf(first), PixelsOf(second));
    }

    [Fact]
    public void Another_seed_gives_other_images()
    {
        Assert.NotEqual(PixelsOf(SyntheticDigits.Draw(50, 1)), PixelsOf(SyntheticDigits.Draw(50, 2)));
    }

    // The digits of a seed are the same on all platforms and in all versions.
    [Fact]
    public void The_digits_of_a_seed_never_change()
    {
        ImageSet images = SyntheticDigits.Draw(1000, 1);

        Assert.Equal("41e10c857d5573d9cf0d4d2437915bae77f3c1929a64ff31a951a1400bf650b5", Convert.ToHexStringLower(SHA256.HashData(PixelsOf(images))));
        Assert.Equal("9da300e4f61c7a53335c95c321e5ce3c51089ecabbb77ed9cde49bc40bfe9bdd", Convert.ToHexStringLower(SHA256.HashData([.. images.Labels])));
    }

    [Fact]
    public void The_first_images_are_the_same_whatever_the_count()
    {
        ImageSet few = SyntheticDigits.Draw(7, 5);
        ImageSet many = SyntheticDigits.Draw(300, 5);

        Assert.Equal(few.Labels, many.Labels.Take(7));
        Assert.Equal(PixelsOf(few), PixelsOf(many)[..(7 * MnistImage.PixelCount)]);
    }

    [Fact]
    public void Drawing_is_given_up_when_it_is_cancelled()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => SyntheticDigits.DrawDataset(1, 60_000, 10_000, stop.Token));
    }

    [Fact]
    public void Threads_draw_what_one_alone_draws()
    {
        ImageSet drawn = SyntheticDigits.Draw(500, 9);

        for (int i = 0; i < drawn.Count; i++)
        {
            byte[] pixels = new byte[MnistImage.PixelCount];
            byte label = DigitPainter.Paint(SplitMix64.OutputAt(9, 2 * (ulong)i), pixels);
            Assert.Equal(drawn.Labels[i], label);
            Assert.Equal(drawn[i].Pixels, pixels);
        }
    }

    [Fact]
    public void Labels_are_uniform()
    {
        double expected = _sample.Count / 10.0;
        double chiSquare = Enumerable.Range(0, 10)
            .Sum(digit => Math.Pow(_sample.Labels.Count(label => label == digit) - expected, 2) / expected);

        // The 99.9 % quantile for 9 degrees of freedom.
        Assert.InRange(chiSquare, 0, 27.88);
    }

    [Fact]
    public void Every_style_is_drawn_on_the_paper()
    {
        Assert.Equal(10, GlyphTable.Styles.Length);
        foreach (Glyph style in GlyphTable.Styles.SelectMany(styles => styles))
        {
            Assert.InRange(style.Share, 1, 10);
            Assert.All(style.Strokes, stroke => Assert.InRange(stroke.Length, 2, Glyph.MaximumPoints));
            Assert.All(style.Strokes.SelectMany(stroke => stroke), point =>
            {
                Assert.InRange(point.Position.X, 0, 110);
                Assert.InRange(point.Position.Y, 0, 110);
            });
        }
    }

    [Fact]
    public void The_ink_fills_a_box_of_20_pixels()
    {
        foreach (MnistImage image in _sample)
        {
            List<(int Row, int Column)> ink = [.. Ink(image)];
            int height = ink.Max(pixel => pixel.Row) - ink.Min(pixel => pixel.Row) + 1;
            int width = ink.Max(pixel => pixel.Column) - ink.Min(pixel => pixel.Column) + 1;
            Assert.InRange(Math.Max(height, width), 18, 20);
        }
    }

    [Fact]
    public void The_centre_of_mass_is_in_the_middle()
    {
        foreach (MnistImage image in _sample)
        {
            double mass = 0, massRow = 0, massColumn = 0;
            foreach ((int row, int column) in Ink(image))
            {
                mass += image[row, column];
                massRow += image[row, column] * (row + 0.5);
                massColumn += image[row, column] * (column + 0.5);
            }

            Assert.InRange(massRow / mass, 13.49, 14.51);
            Assert.InRange(massColumn / mass, 13.49, 14.51);
        }
    }

    // MNIST's training set: mean 33.3, 19.1 % of the pixels nonzero, 38 % of those at 255.
    [Fact]
    public void The_ink_is_as_dense_as_in_MNIST()
    {
        byte[] pixels = PixelsOf(_sample);
        int inked = pixels.Count(value => value > 0);

        Assert.InRange(pixels.Average(value => value), 31.0, 36.0);
        Assert.InRange((double)inked / pixels.Length, 0.17, 0.21);
        Assert.InRange((double)pixels.Count(value => value >= 250) / inked, 0.33, 0.43);
    }

    // The ten mean images alone, a far weaker classifier than any network, tell the classes apart.
    [Fact]
    public void The_nearest_class_mean_reads_most_digits()
    {
        ImageSet others = SyntheticDigits.Draw(1000, 43);
        double[][] means = [.. Enumerable.Range(0, 10).Select(MeanOf)];

        int read = others.Count(image => image.Label == Enumerable.Range(0, 10).MinBy(digit => SquaredDistance(image, means[digit])));

        Assert.InRange(read, 750, 1000);
    }

    [Fact]
    public void A_dataset_has_its_name_and_its_counts()
    {
        MnistDataset dataset = SyntheticDigits.CreateDataset(3, 30, 20);

        Assert.Equal("Synthetic", dataset.Name);
        Assert.Equal(30, dataset.Training.Count);
        Assert.Equal(20, dataset.Test.Count);
    }

    [Fact]
    public void The_training_images_are_those_of_Draw()
    {
        Assert.Equal(PixelsOf(SyntheticDigits.Draw(30, 3)), PixelsOf(SyntheticDigits.CreateDataset(3, 30, 20).Training));
    }

    [Fact]
    public void No_image_is_drawn_twice_in_training_and_test()
    {
        MnistDataset dataset = SyntheticDigits.CreateDataset(3, 2000, 2000);

        HashSet<string> seen = [.. dataset.Training.Concat(dataset.Test).Select(image => Convert.ToHexString(image.Span))];

        Assert.Equal(4000, seen.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_count_that_cannot_be_drawn_is_refused(int count)
    {
        Assert.All<Action>(
            [() => SyntheticDigits.Draw(count, 1), () => SyntheticDigits.CreateDataset(1, count, 1), () => SyntheticDigits.CreateDataset(1, 1, count)],
            draw =>
            {
                MnistException fault = Assert.Throws<MnistException>(draw);
                Assert.Equal("CountOutOfRange", fault.Id);
                Assert.Equal(Fault.InvalidArgument, fault.Fault);
                Assert.Equal(count, fault.Target);
            });
    }

    private static byte[] PixelsOf(ImageSet images) => [.. images.SelectMany(image => image.Pixels)];

    private static IEnumerable<(int Row, int Column)> Ink(MnistImage image)
        => from row in Enumerable.Range(0, MnistImage.Side)
           from column in Enumerable.Range(0, MnistImage.Side)
           where image[row, column] > 0
           select (row, column);

    private static double[] MeanOf(int digit)
    {
        MnistImage[] images = [.. _sample.Where(image => image.Label == digit)];
        return [.. Enumerable.Range(0, MnistImage.PixelCount).Select(pixel => images.Average(image => (double)image.Span[pixel]))];
    }

    private static double SquaredDistance(MnistImage image, double[] mean)
    {
        double sum = 0;
        for (int i = 0; i < mean.Length; i++)
            sum += (image.Span[i] - mean[i]) * (image.Span[i] - mean[i]);

        return sum;
    }
}
