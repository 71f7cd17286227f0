namespace MnistPS.Tests;

public sealed class AugmenterTests
{
    private const int Side = MnistImage.Side;
    private const double Center = (Side - 1) / 2.0;

    private static readonly Augmentation[] _all = Enum.GetValues<Augmentation>();

    // A ring with a bar, centred and within 20 × 20 like MNIST's digits, with four different quarters.
    private static readonly byte[] _digit = Draw((x, y) =>
        Math.Abs(Math.Sqrt((x * x) + (y * y)) - 6.5) < 1.5 || (Math.Abs(x + y - 2) < 1.5 && Math.Abs(x) < 9 && y < 0) ? 255 : 0);

    public static TheoryData<Augmentation> Kinds => [.. _all];

    [Fact]
    public void NoKindCopiesTheImage()
    {
        byte[] noise = new byte[MnistImage.PixelCount];
        new Random(1).NextBytes(noise);
        Assert.Equal(noise, Vary([], noise, 5));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AKeyDecidesTheVariation(Augmentation kind)
    {
        byte[][] first = [.. Keys(20).Select(key => Vary([kind], _digit, key))];
        byte[][] again = [.. Keys(20).Select(key => Vary([kind], _digit, key))];
        Assert.Equal(first, again);

        // A shift has 25 outcomes, of which 20 draws meet 14 on average. Every other kind has one per key.
        int distinct = first.Select(Convert.ToHexString).Distinct().Count();
        Assert.InRange(distinct, kind == Augmentation.Shift ? 10 : 20, 20);
    }

    [Fact]
    public void AllThreadsDrawTheSame()
    {
        Augmenter augmenter = new(_all);
        byte[][] alone = [.. Keys(500).Select(key => Vary(augmenter, _digit, key))];
        byte[][] together = [.. Keys(500).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(key => Vary(augmenter, _digit, key))];
        Assert.Equal(alone, together);
    }

    // Equal on x64 with AVX-512, with AVX2 and without hardware intrinsics. It changes only with the meaning of a key.
    [Fact]
    public void TheBytesOfAKeyAreTheSameOnEveryProcessor()
    {
        uint checksum = 0;
        foreach (ulong key in Keys(100))
        {
            foreach (byte pixel in Vary(_all, _digit, key))
                checksum = (checksum * 31) + pixel;
        }

        Assert.Equal(3261875688u, checksum);
    }

    [Fact]
    public void AShiftMovesByUpToTwoWholePixelsEachWayEquallyOften()
    {
        Dictionary<(int X, int Y), int> counts = [];
        foreach (ulong key in Keys(5000))
        {
            byte[] moved = Vary([Augmentation.Shift], Dot(10, 17), key);
            int at = Array.IndexOf(moved, (byte)200);
            Assert.Equal(200, moved.Sum(pixel => pixel));
            (int X, int Y) move = ((at % Side) - 17, (at / Side) - 10);
            counts[move] = counts.GetValueOrDefault(move) + 1;
        }

        Assert.Equal(from y in Enumerable.Range(-2, 5) from x in Enumerable.Range(-2, 5) select (x, y), counts.Keys.OrderBy(m => m.Y).ThenBy(m => m.X));

        // The expectation is 200 with a standard deviation of 14.
        Assert.All(counts.Values, count => Assert.InRange(count, 130, 270));
    }

    [Fact]
    public void AShiftPushesPixelsOutOfTheImageWithoutWrapping()
    {
        byte[] edge = Draw((x, _) => x > 11 ? 255 : 0);
        foreach (ulong key in Keys(50))
        {
            byte[] moved = Vary([Augmentation.Shift], edge, key);
            Assert.All(Enumerable.Range(0, Side), row => Assert.Equal(0, moved[(row * Side)..((row * Side) + 20)].Max()));
        }
    }

    [Fact]
    public void ARotationTurnsByUpToTwelveDegreesBothWaysAndKeepsTheSize()
    {
        double[] angles = [.. Keys(2000).Select(key => Polar(Augmentation.Rotate, key)).Select(change =>
        {
            Assert.InRange(change.Growth, 0.98, 1.02);
            return change.Angle;
        })];
        Assert.InRange(angles.Max(), 11.5, 12.5);
        Assert.InRange(angles.Min(), -12.5, -11.5);
        Assert.InRange(angles.Average(), -0.6, 0.6);
    }

    [Fact]
    public void AScaleGrowsOrShrinksByUpToATenthAndDoesNotTurn()
    {
        double[] sizes = [.. Keys(2000).Select(key => Polar(Augmentation.Scale, key)).Select(change =>
        {
            Assert.InRange(change.Angle, -0.5, 0.5);
            return change.Growth;
        })];
        Assert.InRange(sizes.Max(), 1.09, 1.11);
        Assert.InRange(sizes.Min(), 0.89, 0.91);
        Assert.InRange(sizes.Average(), 0.995, 1.005);
    }

    [Fact]
    public void AnElasticBendMovesPointsByAboutAPixelSmoothly()
    {
        // The position of a dot, and of one two pixels away.
        double total = 0;
        const int Count = 1000;
        foreach (ulong key in Keys(Count))
        {
            (double x, double y) = Mass(Vary([Augmentation.Elastic], Dot(12, 9), key));
            (double nearX, double nearY) = Mass(Vary([Augmentation.Elastic], Dot(12, 11), key));
            double moved = Length(x - 9, y - 12);
            Assert.InRange(moved, 0, 5);
            Assert.InRange(Length(nearX - 2 - x, nearY - y), 0, 2);
            total += moved;
        }

        Assert.InRange(total / Count, 0.8, 1.3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachKindStaysCentredOnAverage(Augmentation kind)
    {
        const int Count = 2000;
        (double expectedX, double expectedY) = Mass(_digit);
        (double x, double y, double ink) = (0, 0, 0);
        foreach (ulong key in Keys(Count))
        {
            byte[] varied = Vary([kind], _digit, key);
            Assert.InRange(varied.Sum(pixel => pixel) / (double)_digit.Sum(pixel => pixel), 0.7, 1.4);
            (double massX, double massY) = Mass(varied);
            x += massX / Count;
            y += massY / Count;
            ink += varied.Sum(pixel => (double)pixel) / Count;
        }

        Assert.InRange(x - expectedX, -0.1, 0.1);
        Assert.InRange(y - expectedY, -0.1, 0.1);
        Assert.InRange(ink / _digit.Sum(pixel => (double)pixel), 0.98, 1.02);
    }

    [Fact]
    public void GreyValuesNeitherWrapNorOvershoot()
    {
        byte[] full = Draw((_, _) => 255);
        byte[] faint = Draw((_, _) => 1);
        foreach (ulong key in Keys(300))
        {
            byte[] varied = Vary(_all, full, key);
            Assert.All(Enumerable.Range(10, 8), row => Assert.Equal(255, varied[((row * Side) + 10)..((row * Side) + 18)].Min()));
            Assert.InRange(Vary(_all, faint, key).Max(), 1, 1);
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        Augmenter augmenter = new(_all);
        byte[] target = new byte[MnistImage.PixelCount];
        augmenter.Apply(_digit, target, 0);

        // The runtime may allocate at any time, but not in each of several tries.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (ulong key = 0; key < 100; key++)
                augmenter.Apply(_digit, target, key);

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    private static IEnumerable<ulong> Keys(int count) => Enumerable.Range(1, count).Select(key => (ulong)key);

    private static byte[] Vary(Augmentation[] kinds, byte[] image, ulong key) => Vary(new Augmenter(kinds), image, key);

    private static byte[] Vary(Augmenter augmenter, byte[] image, ulong key)
    {
        byte[] target = new byte[MnistImage.PixelCount];
        augmenter.Apply(image, target, key);
        return target;
    }

    /// <summary>The rotation in degrees, from the x axis towards the y axis, and the scaling of the line between two dots.</summary>
    private static (double Angle, double Growth) Polar(Augmentation kind, ulong key)
    {
        (double x0, double y0) = Mass(Vary([kind], Dot(13, 4), key));
        (double x1, double y1) = Mass(Vary([kind], Dot(13, 23), key));
        return (Math.Atan2(y1 - y0, x1 - x0) * 180 / Math.PI, Length(x1 - x0, y1 - y0) / 19);
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static (double X, double Y) Mass(byte[] image)
    {
        double sum = image.Sum(pixel => pixel);
        return (image.Select((pixel, i) => pixel * (i % Side)).Sum() / sum, image.Select((pixel, i) => pixel * (i / Side)).Sum() / sum);
    }

    private static byte[] Dot(int row, int column)
    {
        byte[] image = new byte[MnistImage.PixelCount];
        image[(row * Side) + column] = 200;
        return image;
    }

    private static byte[] Draw(Func<double, double, int> grey) =>
        [.. Enumerable.Range(0, MnistImage.PixelCount).Select(i => (byte)grey((i % Side) - Center, (i / Side) - Center))];
}
