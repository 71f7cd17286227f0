using MnistPS.Photos;

namespace MnistPS.Tests;

public class BorderCutTests
{
    [Theory]
    [InlineData("down", 150, 100, 150, 340)]
    [InlineData("up", 150, 200, 150, -40)]
    [InlineData("left", 180, 150, -40, 190)]
    [InlineData("right, tilted", 120, 120, 330, 250)]
    public void AStrokeThatGoesOnOutsideIsCut(string direction, double x0, double y0, double x1, double y1)
        => Assert.True(IsCut(Paper.Of(300, 300).Line(x0, y0, x1, y1, 20)), direction);

    [Fact]
    public void ARoundEndAtTheBorderIsWhole() => Assert.False(IsCut(Paper.Of(300, 300).Line(150, 100, 150, 291, 20)));

    [Fact]
    public void ACurveWhoseSideTouchesTheBorderIsWhole()
    {
        Paper paper = Paper.Of(300, 300);
        for (int i = 0; i < 60; i++)
        {
            (double x0, double y0) = On(i);
            (double x1, double y1) = On(i + 1);
            paper.Line(x0, y0, x1, y1, 20);
        }

        Assert.False(IsCut(paper));

        static (double X, double Y) On(int step) => (150 + (60 * Math.Cos(step * Math.PI / 30)), 109 + (100 * Math.Sin(step * Math.PI / 30)));
    }

    private static bool IsCut(Paper paper)
    {
        Handwriting read = paper.Read();
        Assert.True(InkFinder.IsCut(read.Ink, read.Ink.Main));
        return BorderCut.Crosses(read.Ink.Main, read.Ink.Contrast);
    }
}
