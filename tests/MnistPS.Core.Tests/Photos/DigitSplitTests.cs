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
    public void PartsThatAreNearerThanDigitsAreOneDigitOnAPage()
    {
        // A five whose bar and body are a third of its height apart, after seven ones that are a height apart.
        IReadOnlyList<Handwriting> found = Read(Row(1000, 7).Line(880, 100, 940, 98, 8).Line(880, 148, 880, 160, 8).Line(880, 160, 930, 180, 8).Line(930, 180, 880, 210, 8));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 2], found.Select(digit => digit.Group.Components.Count));
    }

    [Fact]
    public void StrokesAboveEachOtherAreOneDigitThoughEachIsAsLongAsOne()
    {
        // A six whose lower stroke does not touch the upper one.
        IReadOnlyList<Handwriting> found = Read(Row(1000, 7).Line(950, 95, 890, 180, 8).Line(890, 180, 908, 164, 8).Line(875, 225, 965, 178, 8));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 2], found.Select(digit => digit.Group.Components.Count));
    }

    [Fact]
    public void AFlatDigitIsReadOnAPage()
    {
        // A two that is as wide as the ones are high, and a third as high. A bar is no digit.
        Paper two = Row(1100, 7).Line(870, 140, 910, 138, 8).Line(910, 138, 900, 165, 8).Line(865, 166, 975, 164, 8);
        Assert.Equal(8, Read(two).Count);
        Assert.Equal(8, Read(two.Line(300, 30, 400, 30, 8)).Count);
    }

    [Fact]
    public void SmallDigitsThatAreAsFarApartAsOthersStayDigits()
    {
        // Ones of two heights, a quarter of a height apart.
        Paper paper = Paper.Of(700, 300);
        for (int i = 0; i < 14; i++)
        {
            paper.Line(60 + (36 * i), i % 3 == 0 ? 145 : 100, 60 + (36 * i), 210, 8);
        }

        Assert.Equal(14, Read(paper).Count);
    }

    [Fact]
    public void AStrokeBetweenTwoDigitsBelongsToTheOneThatStaysNarrow()
    {
        // The lower stroke of a three stands nearer to the zero before it than to the rest of the three.
        Paper paper = Row(700, 3);
        Zero(paper, 400);
        IReadOnlyList<Handwriting> found = Read(paper.Line(485, 100, 540, 100, 8).Line(540, 100, 500, 135, 8).Line(500, 135, 545, 165, 8).Line(478, 205, 540, 190, 8));
        Assert.Equal([1, 1, 1, 1, 2], found.Select(digit => digit.Group.Components.Count));
    }

    [Fact]
    public void ADigitThatTouchesTheBorderIsRead()
    {
        IReadOnlyList<Handwriting> found = Read(Row(500, 4).Line(440, 100, 499, 102, 8).Line(499, 102, 450, 210, 8).Line(0, 0, 499, 0, 3));
        Assert.Equal(5, found.Count);
        Assert.Equal(500, found[4].Group.Box.Right);
    }

    [Fact]
    public void AFaintDigitIsReadWholeWherePrintedDotsRaiseTheThreshold()
    {
        // Only the ends of the last one are as dark as the others. Its middle is darker than the dots.
        Paper paper = Row(1050, 8).Line(940, 100, 940, 210, 8, ink: 130).Line(940, 100, 940, 116, 8).Line(940, 194, 940, 210, 8);
        for (int x = 20; x < 1050; x += 60)
        {
            for (int y = 20; y < 300; y += 60)
            {
                paper.Line(x, y, x + 2, y, 3, ink: 170);
            }
        }

        IReadOnlyList<Handwriting> found = Read(paper);
        Assert.Equal(9, found.Count);
        Assert.InRange(found[8].Group.Box.Height, 105, 125);
    }

    [Fact]
    public void APenIsToldFromThickRulesThatItCrosses()
    {
        Paper paper = Paper.Of(900, 600);
        for (int place = 30; place < 900; place += 70)
        {
            paper.Line(0, place, 900, place + 4, 16, 170).Line(place, 0, place + 4, 600, 16, 170);
        }

        for (int i = 0; i < 6; i++)
        {
            paper.Line(110 + (120 * i), 220, 130 + (120 * i), 330, 12, 20);
        }

        Assert.Equal(6, Read(paper).Count);
    }

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
    public void CellsWithTwoDigitsAndDigitsAcrossTwoCellsAreTold()
    {
        // Two ones in the first cell, a wide two that reaches from the second cell into the third, a one in each of the others.
        Paper paper = Paper.Of(600, 400).Line(60, 50, 60, 150, 8).Line(120, 50, 120, 150, 8)
            .Line(320, 60, 400, 50, 8).Line(400, 50, 410, 90, 8).Line(410, 90, 320, 150, 8).Line(320, 150, 450, 150, 8);
        for (int column = 0; column < 3; column++)
        {
            paper.Line(100 + (200 * column), 250, 100 + (200 * column), 350, 8);
        }

        IReadOnlyList<Handwriting> found = HandwritingReader.ReadAll(paper.Photo(), null, new PhotoForm(2, 3), "form");
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)], found.Select(digit => (digit.Row!.Value, digit.Column!.Value)));
        Assert.Equal([2, 1, 1, 1, 1], found.Select(digit => digit.DigitCount));
        Assert.Equal([false, true, false, false, false], found.Select(digit => digit.Group.IsAcrossCells));
    }

    [Fact]
    public void TheManySpecksOfARoughSheetAreNoDigits()
    {
        SplitMix64 random = new(1);
        Paper paper = Row(900, 7);
        for (int i = 0; i < 500; i++)
        {
            // Between the digits' row and the lower border.
            double left = 20 + (860 * random.NextSingle()), top = 225 + (65 * random.NextSingle());
            paper.Line(left, top, left + 1, top + 1, 2, ink: 110);
        }

        Assert.Equal(7, Read(paper).Count);
    }

    [Fact]
    public void ADigitThatTheBorderCutsIsLeftOutAndNamedOnce()
    {
        // The two upper strokes of an open four at the lower border, and a printed line to the left border.
        Paper paper = Row(600, 4).Line(470, 320, 470, 262, 8).Line(500, 320, 500, 262, 8).Line(-10, 60, 40, 60, 2);
        IReadOnlyList<Handwriting> found = Read(paper);
        Assert.Equal(4, found.Count);
        Box cut = Assert.Single(DigitSplit.LeftOut(found[0].Ink)).Box;
        Assert.Equal((466, 258, 505), (cut.Left, cut.Top, cut.Right));
    }

    [Fact]
    public void AnEmptySheetIsAFault()
        => Assert.Equal("NothingWritten", Assert.Throws<MnistException>(() => Read(Paper.Of(300, 300))).Id);

    private static IReadOnlyList<Handwriting> Read(Paper paper) => HandwritingReader.ReadAll(paper.Photo(), null, null, "paper");

    // A digit of one stroke to the right, by whose height the parts of another are told.
    private static Paper Ones(Paper paper) => paper.Line(300, 100, 300, 210, 8);

    // Ones in a row, from left to right.
    private static Paper Row(int width, int count)
    {
        Paper paper = Paper.Of(width, 300);
        for (int i = 0; i < count; i++)
        {
            paper.Line(60 + (110 * i), 100, 60 + (110 * i), 210, 8);
        }

        return paper;
    }

    private static void Zero(Paper paper, int left)
        => paper.Line(left, 100, left + 65, 100, 8).Line(left + 65, 100, left + 65, 200, 8).Line(left + 65, 200, left, 200, 8).Line(left, 200, left, 100, 8);
}
