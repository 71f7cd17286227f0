using MnistPS.Photos;

namespace MnistPS.Tests;

public class RuledLinesTests
{
    /// <summary>A printed table of five columns and four rows, whose black rules have grey edges, and a digit of a grey pen in each of its cells.</summary>
    private static Paper Table(ImageSet digits)
    {
        Paper paper = Paper.Of(600, 480);
        for (int i = 0; i < digits.Count; i++)
        {
            paper.Write(digits[i], (i % 5 * 120) + 18, (i / 5 * 120) + 18, 3, ink: 130);
        }

        foreach ((double width, double ink) in new[] { (5.0, 150.0), (2.2, 0.0) })
        {
            for (double place = 1.3; place < 600; place += 119.5)
            {
                paper.Line(place, 0, place, 480, width, ink).Line(0, place, 600, place, width, ink);
            }
        }

        return paper;
    }

    [Fact]
    public void ABlackTableIsErasedAroundGreyDigits()
    {
        ImageSet digits = SyntheticDigits.Draw(20, 7);
        Photo photo = Table(digits).Photo();
        Assert.Equal(20, HandwritingReader.ReadAll(photo, null, new PhotoForm(4, 5), "a picture").Count);
        Assert.Equal(20, HandwritingReader.ReadAll(photo, null, null, "a picture").Count);
    }

    [Fact]
    public void TheBarsOfASmallFiveAreNoRules()
    {
        // A drawing of 28 by 28 pixels.
        Handwriting five = Paper.Of(28, 28, 255).Line(8, 7, 18, 7, 1, 0).Line(8, 7, 8, 13, 1, 0).Line(8, 13, 17, 13, 1, 0).Line(17, 13, 17, 20, 1, 0).Line(17, 20, 7, 20, 1, 0).Read();
        Assert.Equal(0, five.Ink.RuleCount);
        Assert.Equal((12, 14), (five.Group.Box.Width, five.Group.Box.Height));
    }

    [Fact]
    public void RulesThatStrokesLinkAreFoundOneByOne()
    {
        // Flat strokes lead from rule to rule.
        Paper paper = Paper.Of(900, 400);
        for (int row = 40; row < 400; row += 30)
        {
            paper.Line(0, row, 900, row + 8, 2, 160);
        }

        for (int left = 60; left < 800; left += 130)
        {
            paper.Line(left, 100, left + 90, 102, 6).Line(left + 90, 102, left, 130, 6).Line(left, 130, left + 60, 190, 6);
        }

        IReadOnlyList<Handwriting> found = HandwritingReader.ReadAll(paper.Photo(), null, null, "a picture");
        Assert.Equal(6, found.Count);
        Assert.Equal(12, found[0].Ink.RuleCount);
    }

    [Fact]
    public void SmallPiecesOfADigitBetweenRulesAreKept()
    {
        // Ones on squared paper. The last one is in pieces that are hardly longer than the rules are thick.
        Paper paper = Paper.Of(900, 400);
        for (int place = 30; place < 900; place += 60)
        {
            paper.Line(0, place, 900, place, 4, 170).Line(place, 0, place, 400, 4, 170);
        }

        for (int left = 60; left < 700; left += 120)
        {
            paper.Line(left, 160, left + 8, 270, 6);
        }

        foreach (int row in (int[])[160, 184, 222, 246])
        {
            paper.Line(780, row, 780, row + 9, 6);
        }

        IReadOnlyList<Handwriting> found = HandwritingReader.ReadAll(paper.Photo(), null, null, "a picture");
        Assert.Equal([1, 1, 1, 1, 1, 1, 4], found.Select(digit => digit.Group.Components.Count));
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
