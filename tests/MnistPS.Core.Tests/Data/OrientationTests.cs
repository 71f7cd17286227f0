namespace MnistPS.Tests;

public sealed class OrientationTests
{
    [Fact]
    public void DigitsOnTheirSideAreTold()
    {
        ImageSet upright = SyntheticDigits.CreateDataset(5, 300, 1).Training;
        Assert.False(Orientation.LooksTransposed(upright));
        Assert.True(Orientation.LooksTransposed(Turn(upright)));
    }

    [Fact]
    public void MnistIsUpright()
    {
        ImageSet images = RealMnist.First(2000, 100).Training;
        Assert.False(Orientation.LooksTransposed(images));
        Assert.True(Orientation.LooksTransposed(Turn(images)));
    }

    [Fact]
    public void WhatIsNoDigitIsNotTold()
    {
        Assert.False(Orientation.LooksTransposed(Sample.Images(500, 1)));
        Assert.False(Orientation.LooksTransposed(Turn(Sample.Images(500, 1))));
        Assert.False(Orientation.LooksTransposed(new ImageSet(new byte[200 * 784], new byte[200])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OtherClassesThanDigitsAreNotTold(bool areTurned)
    {
        ImageSet digits = SyntheticDigits.CreateDataset(5, 500, 1).Training;
        ImageSet images = areTurned ? Turn(digits) : digits;
        Random random = new(1);
        Assert.All(Enumerable.Range(0, 20), _ =>
        {
            byte[] others = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
            random.Shuffle(others);
            Assert.False(Orientation.LooksTransposed(new ImageSet(images.Pixels.ToArray(), [.. images.Labels.Select(label => others[label])])));
        });
    }

    [Fact]
    public void AFewImagesTellNothing() => Assert.False(Orientation.LooksTransposed(Turn(SyntheticDigits.CreateDataset(5, 99, 1).Training)));

    private static ImageSet Turn(ImageSet images)
    {
        byte[] pixels = new byte[images.Count * 784];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = images.Pixels[(i / 784 * 784) + (i % 784 % 28 * 28) + (i % 784 / 28)];
        }

        return new ImageSet(pixels, [.. images.Labels]);
    }
}
