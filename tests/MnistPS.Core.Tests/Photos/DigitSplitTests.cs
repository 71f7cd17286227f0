using MnistPS.Photos;

namespace MnistPS.Tests;

public class DigitSplitTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.12)]
    [InlineData(-0.12)]
    public void DigitsComeLineByLineFromLeftToRightThoughLinesLean(double lean)
    {
        ImageSet digits = SyntheticDigits.Draw(15, 5);
        Paper paper = Paper.Of(1000, 760);
        for (int i = 0; i < 15; i++)
        {
            int left = 100 + (i % 5 * 160);
            paper.Write(digits[i], left, 120 + (i / 5 * 180) + (int)(lean * (left - 420)), 4);
        }

        IReadOnlyList<Handwriting> found = Read(paper);
        Assert.Equal(15, found.Count);
        for (int i = 0; i < 15; i++)
        {
            Assert.Equal((i / 5, i % 5), (found[i].Row, found[i].Column));
            int left = 100 + (i % 5 * 160);
            Assert.InRange((found[i].Group.Box.Left + found[i].Group.Box.Right) / 2, left, left + 112);
        }
    }

    [Fact]
    public void TheBarOfAFiveBelongsToIt()
        => Assert.Equal([2, 1], Read(Ones(Paper.Of(500, 300)).Line(90, 115, 90, 160, 8).Line(90, 160, 130, 180, 8).Line(130, 180, 90, 210, 8).Line(104, 105, 145, 100, 8)).Select(digit => digit.Group.Components.Count));

    [Fact]
    public void AFourInTwoStrokesIsOneDigit()
        => Assert.Equal([2, 1], Read(Ones(Paper.Of(500, 300)).Line(100, 100, 85, 160, 8).Line(85, 160, 118, 160, 8).Line(130, 100, 128, 210, 8)).Select(digit => digit.Group.Components.Count));

    [Fact]
    public void DigitsThatTouchAreParted()
    {
        Paper paper = Paper.Of(500, 300);
        Zero(paper, 80);
        Zero(paper, 155);
        paper.Line(145, 150, 158, 150, 8);
        IReadOnlyList<Handwriting> found = Read(paper);
        Assert.Equal(2, found.Count);
        Assert.InRange(found[0].Group.Box.Right, 145, 160);
        Assert.InRange(found[1].Group.Box.Left, 145, 160);
    }

    [Fact]
    public void AWideTwoStaysWhole()
        => Assert.Single(Read(Paper.Of(500, 300).Line(120, 110, 180, 100, 8).Line(180, 100, 190, 130, 8).Line(190, 130, 110, 190, 8).Line(110, 190, 250, 190, 8)));

    [Fact]
    public void EachCellOfAFormHoldsOneDigitAndAnEmptyOneNone()
    {
        ImageSet digits = SyntheticDigits.Draw(5, 9);
        Paper paper = Paper.Of(600, 400);
        (int Row, int Column)[] cells = [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2)];
        for (int i = 0; i < 5; i++)
        {
            paper.Write(digits[i], (cells[i].Column * 200) + 44, (cells[i].Row * 200) + 44, 4);
        }

        IReadOnlyList<Handwriting> found = HandwritingReader.ReadAll(paper.Photo(), null, new PhotoForm(2, 3), "form");
        Assert.Equal(cells, found.Select(digit => (digit.Row!.Value, digit.Column!.Value)));
    }

    [Fact]
    public void AnEmptySheetIsAFault()
        => Assert.Equal("NothingWritten", Assert.Throws<MnistException>(() => Read(Paper.Of(300, 300))).Id);

    private static IReadOnlyList<Handwriting> Read(Paper paper) => HandwritingReader.ReadAll(paper.Photo(), null, null, "paper");

    // A digit of one stroke to the right, by whose height the parts of another are told.
    private static Paper Ones(Paper paper) => paper.Line(300, 100, 300, 210, 8);

    private static void Zero(Paper paper, int left)
        => paper.Line(left, 100, left + 65, 100, 8).Line(left + 65, 100, left + 65, 200, 8).Line(left + 65, 200, left, 200, 8).Line(left, 200, left, 100, 8);
}
