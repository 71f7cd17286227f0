using MnistPS.Photos;

namespace MnistPS.Tests;

public class ExtremeFilterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 5, 1)]
    [InlineData(5, 90, 2)]
    [InlineData(70, 41, 7)]
    [InlineData(12, 9, 30)]
    public void TheExtremesAreThoseOfTheSquareAroundEachPixel(int width, int height, int reach)
    {
        Random random = new(1);
        byte[] values = new byte[width * height];
        random.NextBytes(values);
        Plane plane = new(width, height, values);
        byte[] most = ExtremeFilter.Most(plane, reach).Values, least = ExtremeFilter.Least(plane, reach).Values;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                byte[] around = [.. from y in Enumerable.Range(row - reach, (2 * reach) + 1) from x in Enumerable.Range(column - reach, (2 * reach) + 1)
                    where y >= 0 && y < height && x >= 0 && x < width select values[(y * width) + x]];
                Assert.Equal((around.Max(), around.Min()), (most[(row * width) + column], least[(row * width) + column]));
            }
        }
    }

    [Fact]
    public void ThePlaneIsUnchanged()
    {
        byte[] values = [1, 2, 3, 4, 5, 6];
        ExtremeFilter.Most(new Plane(3, 2, values), 1);
        Assert.Equal([1, 2, 3, 4, 5, 6], values);
    }

    [Fact]
    public void RowsAndColumnsAreExchanged()
    {
        Plane turned = new Plane(3, 2, [1, 2, 3, 4, 5, 6]).Transposed();
        Assert.Equal((2, 3), (turned.Width, turned.Height));
        Assert.Equal([1, 4, 2, 5, 3, 6], turned.Values);
    }
}
