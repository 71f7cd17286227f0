using MnistPS.Photos;

namespace MnistPS.Tests;

public class RuledLinesTests
{
    [Fact]
    public void TheBarsOfASmallFiveAreNoRules()
    {
        // A drawing of 28 by 28 pixels.
        Handwriting five = Paper.Of(28, 28, 255).Line(8, 7, 18, 7, 1, 0).Line(8, 7, 8, 13, 1, 0).Line(8, 13, 17, 13, 1, 0).Line(17, 13, 17, 20, 1, 0).Line(17, 20, 7, 20, 1, 0).Read();
        Assert.Equal(0, five.Ink.RuleCount);
        Assert.Equal((12, 14), (five.Group.Box.Width, five.Group.Box.Height));
    }

    [Fact]
    public void OnesOfAFinePenAreNoRules()
    {
        Paper paper = Paper.Of(420, 220, 255);
        for (int left = 50; left < 420; left += 100)
        {
            paper.Line(left, 40, left - 6, 180, 2, 0);
        }

        Assert.Equal(4, HandwritingReader.ReadAll(paper.Photo(), null, null, "a picture").Count);
    }
}
