using MnistPS.Photos;

namespace MnistPS.Tests;

public class HandwritingReaderTests
{
    private static readonly ImageSet _digits = SyntheticDigits.Draw(20, 7);

    /// <summary>The mean absolute difference of two images a pixel, of 255, where one may lie up to a pixel beside the other.</summary>
    private static double Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, int reach = 1)
    {
        double best = double.MaxValue;
        for (int down = -reach; down <= reach; down++)
        {
            for (int right = -reach; right <= reach; right++)
            {
                double sum = 0;
                for (int i = 0; i < MnistImage.PixelCount; i++)
                {
                    int row = (i / 28) + down, column = (i % 28) + right;
                    sum += Math.Abs(one[i] - (row is >= 0 and < 28 && column is >= 0 and < 28 ? other[(row * 28) + column] : 0));
                }

                best = Math.Min(best, sum / MnistImage.PixelCount);
            }
        }

        return best;
    }

    private static double MeanDifference(Func<MnistImage, Handwriting> read)
        => _digits.Average(digit => Difference(read(digit).Pixels, digit.Span));

    private static Paper Written(MnistImage digit, int scale = 10) => Paper.Of(500, 400).Write(digit, 120, 70, scale);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void ADigitOfMnistComesBackEnlarged(int scale)
    {
        ImageSet digits = RealMnist.First(1, 100).Test;
        double[] differences = [.. digits.Select(digit => Difference(
            Paper.Of(28 * scale, 28 * scale, 255).Write(digit, 0, 0, scale, ink: 0).Read().Pixels, digit.Span, reach: 0)).Order()];
        Assert.InRange(differences[differences.Length / 2], 0, 3);
        Assert.InRange(differences.Average(), 0, 6.5);
    }

    [Fact]
    public void EnlargedDigitsHaveTheGreyValuesOfMnists()
    {
        ImageSet digits = RealMnist.First(1, 100).Test;
        double[] wanted = Shares(digits.Select(digit => digit.Span.ToArray()));
        double[] found = Shares(digits.Select(digit => Paper.Of(560, 560, 255).Write(digit, 0, 0, 20, ink: 0).Read().Pixels));
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.05));

        // Of the grey values 1 to 63, 64 to 127, 128 to 191 and 192 to 255.
        static double[] Shares(IEnumerable<byte[]> images)
        {
            byte[] ink = [.. images.SelectMany(pixels => pixels).Where(pixel => pixel > 0)];
            return [.. Enumerable.Range(0, 4).Select(quarter => (double)ink.Count(pixel => pixel / 64 == quarter) / ink.Length)];
        }
    }

    [Fact]
    public void ADigitThatIsDrawnComesBack() => Assert.InRange(MeanDifference(digit => Written(digit).Read()), 0, 9);

    [Fact]
    public void ItIsTheSameOnPaperThatIsUnevenlyLit()
        => Assert.InRange(MeanDifference(digit => Written(digit).Change((column, _, light) => light * (1 - (0.6 * column / 500))).Read()), 0, 9);

    [Fact]
    public void ItIsTheSameInTheShadowOfAHand()
        => Assert.InRange(MeanDifference(digit => Written(digit).Change((column, row, light) => column + row > 420 ? light * 0.5 : light).Noise(2).Read()), 0, 12);

    [Fact]
    public void ItIsTheSameInNoise() => Assert.InRange(MeanDifference(digit => Written(digit).Noise(8).Read()), 0, 10);

    [Fact]
    public void ItIsTheSameInLightOnDark()
    {
        List<double> differences = [];
        foreach (MnistImage digit in _digits)
        {
            Handwriting dark = Written(digit).Read();
            Handwriting light = Written(digit).Change((_, _, value) => 255 - value).Read();
            Assert.Equal((InkTone.Dark, InkTone.Light), (dark.Ink.Tone, light.Ink.Tone));
            differences.Add(Difference(light.Pixels, dark.Pixels, reach: 0));
        }

        Assert.InRange(differences.Average(), 0, 1);
    }

    [Fact]
    public void ItIsTheSameOnRuledAndSquaredPaper()
    {
        static Paper Rule(Paper paper, bool isSquared, double ink)
        {
            for (int place = 15; place < 500; place += 32)
            {
                paper.Line(0, place, 500, place - 8, 1.6, ink);
                if (isSquared)
                {
                    paper.Line(place, 0, place + 6, 400, 1.6, ink);
                }
            }

            return paper;
        }

        Assert.InRange(MeanDifference(digit => Rule(Written(digit), isSquared: false, ink: 110).Read()), 0, 12);
        Assert.InRange(MeanDifference(digit => Rule(Written(digit), isSquared: true, ink: 110).Read()), 0, 14);
    }

    [Fact]
    public void ATableBesideTheSheetIsNoInk()
        => Assert.InRange(MeanDifference(digit => Written(digit).Change((column, row, light) => column + (0.1 * row) < 70 || row > 370 ? 60 : light).Read()), 0, 10);

    [Theory]
    [InlineData(1, 700)]
    [InlineData(3, 700)]
    [InlineData(8, 700)]
    [InlineData(20, 700)]
    [InlineData(60, 700)]
    [InlineData(1, 3000)]
    [InlineData(60, 3000)]
    public void EveryPenEndsAsAStrokeOfMnistsWidth(double pen, int side)
    {
        // A seven, two thirds of the picture high.
        double x = side / 7.0, y = side / 6.4;
        Handwriting read = Paper.Of(side, side).Line(2 * x, y, 5 * x, y, pen).Line(5 * x, y, 3.3 * x, 5.4 * y, pen).Read();
        Assert.InRange(DigitNormalizer.StrokeWidth(read.Pixels), DigitNormalizer.LeastStroke - 0.5, DigitNormalizer.MostStroke + 0.5);
        Assert.True(read.Pixels.Count(pixel => pixel > 200) >= 15, "its strokes are as dark as MNIST's");
    }

    [Theory]
    [InlineData(DigitNormalizer.LeastStroke, 0.1)]
    [InlineData(DigitNormalizer.UsualStroke, 0.5)]
    [InlineData(DigitNormalizer.MostStroke, 0.97)]
    public void TheLimitsOfAStrokesWidthAreThoseOfMnistsDigits(double width, double share)
    {
        MnistImage[] digits = [.. RealMnist.First(1000, 1).Training];
        Assert.Equal(share, digits.Count(digit => DigitNormalizer.StrokeWidth(digit.Span) < width) / (double)digits.Length, 0.05);
    }

    [Fact]
    public void AFilledLoopDoesNotHideHowThinTheOtherStrokesAre()
    {
        // A six, 480 high, whose loop is a spot.
        Handwriting read = Paper.Of(700, 700).Line(400, 110, 250, 450, 6).Line(250, 450, 300, 590, 6).Line(320, 530, 320, 531, 120).Read();
        Assert.All(Enumerable.Range(6, 6), row => Assert.True(read.Pixels.AsSpan(row * 28, 28).ToArray().Sum(pixel => pixel) > 200, "its stroke is about a pixel wide"));
    }

    [Fact]
    public void ItFitsTwentyByTwentyAndIsCentredByMass()
    {
        foreach (MnistImage digit in _digits)
        {
            byte[] pixels = Written(digit).Read().Pixels;
            int[] rows = [.. Enumerable.Range(0, 28).Where(row => pixels.Skip(28 * row).Take(28).Any(value => value > 0))];
            int[] columns = [.. Enumerable.Range(0, 28).Where(column => Enumerable.Range(0, 28).Any(row => pixels[(28 * row) + column] > 0))];
            Assert.InRange(Math.Max(rows[^1] - rows[0], columns[^1] - columns[0]) + 1, 19, 20);
            double mass = pixels.Sum(value => value);
            double across = pixels.Select((value, i) => value * ((i % 28) + 0.5)).Sum() / mass;
            double down = pixels.Select((value, i) => value * ((i / 28) + 0.5)).Sum() / mass;

            // MNIST's lie from 14 to 15; one whose box would leave the image lies as near as it can.
            Assert.InRange(across, 13.4, 15.6);
            Assert.InRange(down, 13.4, 15.6);
        }
    }

    [Fact]
    public void TheBoxIsWhereTheDigitIs()
    {
        Box box = Paper.Of(600, 500).Line(400, 100, 390, 260, 9).Read().Group.Box;
        Assert.InRange(box.Left, 383, 388);
        Assert.InRange(box.Top, 93, 97);
        Assert.InRange(box.Right, 403, 407);
        Assert.InRange(box.Bottom, 263, 267);
    }

    [Fact]
    public void StrokesThatDoNotTouchAreOneDigit()
    {
        // A five whose bar stands off, and a four in two strokes.
        Handwriting five = Paper.Of(500, 500).Line(180, 100, 330, 95, 9).Line(180, 125, 175, 230, 9).Line(175, 230, 300, 260, 9).Line(300, 260, 170, 390, 9).Read();
        Assert.Equal((1, 2), (five.DigitCount, five.Group.Components.Count));
        Handwriting four = Paper.Of(500, 500).Line(190, 100, 170, 230, 9).Line(170, 230, 290, 235, 9).Line(315, 110, 310, 390, 9).Read();
        Assert.Equal((1, 2), (four.DigitCount, four.Group.Components.Count));
    }

    [Fact]
    public void TwoDigitsAreSaid()
    {
        Handwriting two = Paper.Of(700, 400).Write(_digits[0], 60, 70, 9).Write(_digits[1], 380, 70, 9).Read();
        Assert.Equal(2, two.DigitCount);
    }

    [Theory]
    [InlineData(240, 0)]
    [InlineData(240, 6)]
    [InlineData(0, 0)]
    [InlineData(30, 4)]
    [InlineData(255, 0)]
    public void NothingIsReadWhereNothingIsWritten(double light, double noise)
    {
        MnistException fault = Assert.Throws<MnistException>(() => Paper.Of(400, 300, light).Noise(noise).Read());
        Assert.Equal(("NothingWritten", Fault.InvalidData), (fault.Id, fault.Fault));
        Assert.Equal("a picture", fault.Target);
        Assert.Contains("Take it nearer, or in better light", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 300, 4)]
    [InlineData(400, 300, 8)]
    [InlineData(300, 400, 15)]
    [InlineData(1600, 1200, 15)]
    [InlineData(60, 60, 8)]
    public void NothingIsReadOnAnEmptySheetInUnevenLight(int width, int height, double noise)
        => Assert.Equal("NothingWritten", Assert.Throws<MnistException>(() =>
            Paper.Of(width, height).Change((column, row, light) => light * (0.4 + (0.3 * column / width) + (0.3 * row / height))).Noise(noise).Read()).Id);

    [Fact]
    public void NothingIsReadOnEmptyRuledPaper()
    {
        Paper paper = Paper.Of(400, 300).Noise(3);
        for (int row = 20; row < 300; row += 30)
        {
            paper.Line(0, row, 400, row + 5, 2, ink: 90);
        }

        Assert.Equal("NothingWritten", Assert.Throws<MnistException>(() => paper.Read()).Id);
    }
}
