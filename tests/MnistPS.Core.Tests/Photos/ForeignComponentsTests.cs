using MnistPS.Photos;

namespace MnistPS.Tests;

public class ForeignComponentsTests
{
    [Fact]
    public void ATwoIsNoFrameOfItsLooseStroke()
    {
        // The upper left stroke does not touch the others. It lies within their bounding box.
        Handwriting two = Paper.Of(600, 600).Line(130, 160, 170, 120, 10)
            .Line(200, 90, 270, 110, 10).Line(270, 110, 265, 160, 10).Line(265, 160, 105, 290, 10).Line(105, 290, 280, 285, 10).Read();
        Assert.InRange(two.Group.Box.Width, 180, 192);
        Assert.InRange(two.Group.Box.Height, 200, 215);
    }

    [Fact]
    public void AFrameIsNoInk()
    {
        Handwriting one = Paper.Of(400, 400).Line(60, 60, 340, 60, 8).Line(340, 60, 340, 340, 8).Line(340, 340, 60, 340, 8).Line(60, 340, 60, 60, 8)
            .Line(205, 130, 195, 270, 10).Read();
        Assert.InRange(one.Group.Box.Height, 145, 155);
    }

    [Fact]
    public void AFineOneIsInkWhereDigitsBesideItAreFineToo()
    {
        // A photo that is taken at an angle: strokes on the left are three times as wide.
        Paper paper = Paper.Of(1000, 300);
        for (int i = 0; i < 6; i++)
        {
            Zero(paper, 60 + (140 * i), i < 3 ? 12 : 5);
        }

        Assert.Equal(7, Read(paper.Line(920, 100, 922, 200, 3.5)).Count);
    }

    [Fact]
    public void DotsAsWideAsThePenAreInk()
    {
        // A one of four dots.
        Paper paper = Paper.Of(700, 300);
        for (int i = 0; i < 3; i++)
        {
            Zero(paper, 60 + (140 * i), 16);
        }

        for (int row = 100; row <= 205; row += 35)
        {
            paper.Line(560, row, 562, row, 18);
        }

        IReadOnlyList<Handwriting> found = Read(paper);
        Assert.Equal([1, 1, 1, 4], found.Select(digit => digit.Group.Components.Count));
    }

    private static IReadOnlyList<Handwriting> Read(Paper paper) => HandwritingReader.ReadAll(paper.Photo(), null, null, "paper");

    private static void Zero(Paper paper, int left, double pen)
        => paper.Line(left, 100, left + 65, 100, pen).Line(left + 65, 100, left + 65, 200, pen).Line(left + 65, 200, left, 200, pen).Line(left, 200, left, 100, pen);
}
