using System.Security.Cryptography;

namespace MnistPS.Tests;

public sealed class SyntheticScribblesTests
{
    [Fact]
    public void The_same_seed_gives_the_same_drawings_whatever_the_count()
    {
        byte[] few = PixelsOf(SyntheticScribbles.Draw(20, 7));
        Assert.Equal(few, PixelsOf(SyntheticScribbles.Draw(300, 7))[..few.Length]);
        Assert.NotEqual(few, PixelsOf(SyntheticScribbles.Draw(20, 8)));
    }

    // A figure in the documents means these drawings.
    [Fact]
    public void The_drawings_of_a_seed_never_change()
        => Assert.Equal("ecafaa1f01551ff8fa1723984e890ac05de62da4b605e4ec651d8d6432b67e2e", Convert.ToHexStringLower(SHA256.HashData(PixelsOf(SyntheticScribbles.Draw(1000, 1)))));

    [Fact]
    public void They_are_made_as_digits_are()
    {
        foreach (MnistImage image in SyntheticScribbles.Draw(500, 2))
        {
            Assert.Null(image.Label);
            byte[] pixels = image.Pixels;
            int[] rows = [.. Enumerable.Range(0, 28).Where(row => Enumerable.Range(0, 28).Any(column => pixels[(28 * row) + column] > 0))];
            int[] columns = [.. Enumerable.Range(0, 28).Where(column => Enumerable.Range(0, 28).Any(row => pixels[(28 * row) + column] > 0))];
            Assert.InRange(rows[^1] - rows[0] + 1, 1, 20);
            Assert.InRange(columns[^1] - columns[0] + 1, 1, 20);
            Assert.InRange(pixels.Max(), 128, 255);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void There_is_at_least_one(int count)
        => Assert.Equal("CountOutOfRange", Assert.Throws<MnistException>(() => SyntheticScribbles.Draw(count, 1)).Id);

    private static byte[] PixelsOf(IEnumerable<MnistImage> images) => [.. images.SelectMany(image => image.Pixels)];
}
