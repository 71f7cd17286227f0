using MnistPS.Photos;

namespace MnistPS.Tests;

public class InkFinderTests
{
    // The sheet of these pictures, and a seven of two strokes on it: its box.
    private const int Width = 600, Height = 450;
    private static readonly Box _seven = new(250, 150, 340, 300);

    public static TheoryData<string, double> Desks => new(
        from desk in (string[])["black", "grey", "wood", "carpet"]
        from turn in (double[])[0, 0.08, -0.15]
        select (desk, turn));

    private static Paper Seven(Paper paper, double pen = 9, double ink = 40)
        => paper.Line(255, 155, 335, 155, pen, ink).Line(335, 155, 290, 295, pen, ink);

    private static void IsSeven(Handwriting read)
    {
        Assert.Equal(1, read.DigitCount);
        Assert.True(read.MayBeDigit);
        Assert.InRange(read.Group.Box.Left, _seven.Left - 3, _seven.Left + 5);
        Assert.InRange(read.Group.Box.Top, _seven.Top - 3, _seven.Top + 5);
        Assert.InRange(read.Group.Box.Right, _seven.Right - 5, _seven.Right + 5);
        Assert.InRange(read.Group.Box.Bottom, _seven.Bottom - 5, _seven.Bottom + 5);
    }

    /// <summary>A sheet that is turned by an angle lies on a desk and casts a shadow on it.</summary>
    private static Paper OnDesk(Paper paper, string desk, double turn)
    {
        SplitMix64 random = new(3);
        double[] texture = [.. Enumerable.Range(0, Width * Height).Select(_ => random.NextBell())];
        (double sin, double cos) = Math.SinCos(turn);
        bool IsSheet(double x, double y) => Math.Abs((x * cos) + (y * sin)) < 210 && Math.Abs((y * cos) - (x * sin)) < 150;
        return paper.Change((column, row, light) =>
        {
            double x = column - (Width / 2), y = row - (Height / 2);
            double ground = desk switch
            {
                "black" => 25 + (2 * texture[(row * Width) + column]),
                "grey" => 120,
                "wood" => 110 + (12 * Math.Sin(row / 7.0)) + (4 * texture[row]),
                _ => 95 + (20 * texture[(row / 3 * Width) + (column / 3)]),
            };
            return IsSheet(x, y) ? light : IsSheet(x - 5, y - 6) ? 0.55 * ground : ground;
        }).Noise(2);
    }

    [Fact]
    public void APrintedLineFromAStrokeToTheBorderIsLeftOut()
    {
        // The other lines are too short for rules. They are most of the ink, so that its usual contrast is theirs.
        Paper paper = Seven(Paper.Of(Width, Height)).Line(0, 155, 255, 155, 4, ink: 150);
        for (int row = 20; row < Height; row += 40)
        {
            paper.Line(400, row, 500, row + 25, 4, ink: 150).Line(30, row, 130, row + 25, 4, ink: 150);
        }

        Ink ink = InkFinder.Find(paper.Noise(1).Photo(), null)!;
        Assert.InRange(ink.Main.Box.Left, _seven.Left - 3, _seven.Left + 5);
        Assert.InRange(ink.Main.Box.Right, _seven.Right - 5, _seven.Right + 5);
        Assert.InRange(ink.Main.Box.Bottom, _seven.Bottom - 5, _seven.Bottom + 5);
    }

    [Theory]
    [MemberData(nameof(Desks))]
    public void ASheetOnADeskIsReadWithoutItsEdge(string desk, double turn) => IsSeven(OnDesk(Seven(Paper.Of(Width, Height)), desk, turn).Read());

    [Theory]
    [InlineData("black", 0.08)]
    [InlineData("grey", 0)]
    [InlineData("grey", -0.15)]
    [InlineData("wood", 0.08)]
    [InlineData("wood", -0.15)]
    public void AFinePenIsReadOnASheetOnADesk(string desk, double turn) => IsSeven(OnDesk(Seven(Paper.Of(Width, Height), pen: 2.5), desk, turn).Read());

    [Fact]
    public void AnEmptySheetOnADeskHasNoInk()
        => Assert.Equal("NothingWritten", Assert.Throws<MnistException>(() => OnDesk(Paper.Of(Width, Height), "grey", 0.05).Read()).Id);

    [Theory]
    [InlineData(60)]
    [InlineData(150)]
    public void AFingerAndAPencilAtTheBorderAreNoInk(double skin)
        => IsSeven(Seven(Paper.Of(Width, Height)).Line(60, 460, 90, 330, 80, skin).Line(590, 460, 420, 330, 16, skin).Read());

    [Fact]
    public void AFrameAroundADigitIsNoInk()
        => IsSeven(Seven(Paper.Of(Width, Height)).Line(180, 100, 420, 100, 4).Line(420, 100, 420, 350, 4).Line(420, 350, 180, 350, 4).Line(180, 350, 180, 100, 4).Read());

    [Fact]
    public void ThePunchedHolesOfASheetAreNoInk()
    {
        Paper paper = Seven(Paper.Of(Width, Height));
        for (int row = 30; row < Height; row += 40)
        {
            paper.Line(60, row, 60.1, row, 16, ink: 60);
        }

        IsSeven(paper.Read());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LightInkOnADarkSheetOnALightDeskIsRead(bool isNegative)
    {
        Handwriting read = Seven(Paper.Of(Width, Height, 45), ink: 225)
            .Change((column, row, light) => column is > 90 and < 510 && row is > 60 and < 390 ? light : 200)
            .Change((_, _, light) => isNegative ? 255 - light : light).Noise(2).Read();
        Assert.Equal(isNegative ? InkTone.Dark : InkTone.Light, read.Ink.Tone);
        IsSeven(read);
    }

    [Fact]
    public void AFaintStrokeThatNoiseInterruptsIsWhole()
    {
        // The pen's pressure changes along the stroke, from hardly visible to distinct.
        Handwriting read = Seven(Paper.Of(Width, Height), pen: 3, ink: 150).Change((column, row, light) => light + ((240 - light) * 0.45 * (1 + Math.Sin((column + row) / 9.0)) / 2)).Noise(3).Read();
        IsSeven(read);
        Assert.Single(read.Group.Components);
    }

    [Theory]
    [InlineData(2, 1, 110, 1.5, 33)]
    [InlineData(3, 1.2, 100, 1.2, 70)]
    [InlineData(2.5, 2, 150, 1, 70)]
    [InlineData(5, 2, 110, 2, 55)]
    public void ASmallDigitOnSquaredPaperIsReadWithoutItsRules(double pen, double rule, double ink, double squares, int first)
    {
        int pitch = (int)(150 / squares);
        Paper paper = Seven(Paper.Of(Width, Height), pen);
        for (int place = first % pitch; place < Width; place += pitch)
        {
            paper.Line(0, place, Width, place + 7, rule, ink).Line(place + 5, 0, place, Height, rule, ink);
        }

        IsSeven(paper.Noise(2).Read());
    }

    // The ends of each stroke: column and row, column and row.
    public static TheoryData<string, double[][]> StraightDigits => new()
    {
        { "1", [[1000, 400, 1000, 1200]] },
        { "1, slanted", [[1040, 400, 980, 1200]] },
        { "7", [[800, 400, 1250, 400], [1250, 400, 1000, 1200], [940, 800, 1210, 800]] },
        { "4", [[950, 400, 800, 900], [800, 900, 1250, 900], [1100, 500, 1100, 1200]] },
    };

    [Theory]
    [MemberData(nameof(StraightDigits))]
    public void StraightStrokesOfAFinePenAreKept(string digit, double[][] strokes)
    {
        Paper paper = Paper.Of(2000, 1500);
        foreach (double[] stroke in strokes)
        {
            paper.Line(stroke[0], stroke[1], stroke[2], stroke[3], 2);
        }

        Box box = paper.Noise(1.5).Read().Group.Box;
        Assert.True(Math.Abs(box.Left - strokes.Min(stroke => Math.Min(stroke[0], stroke[2]))) <= 4, digit);
        Assert.True(Math.Abs(box.Right - strokes.Max(stroke => Math.Max(stroke[0], stroke[2]))) <= 4, digit);
        Assert.True(Math.Abs(box.Top - strokes.Min(stroke => stroke[1])) <= 4, digit);
        Assert.True(Math.Abs(box.Bottom - strokes.Max(stroke => stroke[3])) <= 4, digit);
    }

    [Fact]
    public void ADigitThatTouchesTheBorderIsRead()
    {
        Handwriting read = Paper.Of(300, 300).Line(60, 30, 240, 30, 30).Line(240, 30, 130, 310, 30).Read();
        Assert.Equal(InkTone.Dark, read.Ink.Tone);
        Assert.True(InkFinder.IsCut(read.Ink, read.Ink.Main));
        Assert.InRange(read.Group.Box.Width, 190, 220);
    }

    [Fact]
    public void TheDarkerOfTwoInksIsThePens()
    {
        // A grid that is too short for rules of paper, and a seven of a darker pen.
        Paper paper = Paper.Of(Width, Height);
        for (int i = 0; i < 4; i++)
        {
            paper.Line(225 + (42 * i), 120, 235 + (42 * i), 240, 5, ink: 165).Line(215, 130 + (30 * i), 365, 145 + (30 * i), 5, ink: 165);
        }

        Ink both = InkFinder.Find(Seven(paper, pen: 7, ink: 25).Photo(), null)!;
        Ink darker = InkFinder.Darker(both)!;
        Assert.True(darker.Level.Threshold > both.Level.Threshold);
        Assert.InRange(darker.Main.Box.Left, _seven.Left - 4, _seven.Left + 5);
        Assert.InRange(darker.Main.Box.Bottom, _seven.Bottom - 5, _seven.Bottom + 5);
        Assert.True(both.Main.Box.Width > darker.Main.Box.Width + 40);
    }

    [Fact]
    public void TheDarkerOfOneInkIsTheSameDigit()
    {
        Ink ink = InkFinder.Darker(InkFinder.Find(Seven(Paper.Of(Width, Height)).Photo(), null)!)!;
        Assert.InRange(ink.Main.Box.Width, 75, 90);
        Assert.InRange(ink.Main.Box.Height, 135, 150);
    }

    [Fact]
    public void InkOfOneContrastHasNoDarkerOne()
        => Assert.Null(InkFinder.Darker(InkFinder.Find(Paper.Of(Width, Height).Change((column, row, light) => column is >= 280 and < 300 && row is >= 100 and < 300 ? 40 : light).Photo(), null)!));

    [Fact]
    public void InkOfAToneThatIsNotThereIsSaid()
    {
        Paper paper = Paper.Of(Width, Height).Line(300, 120, 300, 320, 20);
        Assert.False(paper.Read(InkTone.Dark).Ink.IsFainter);
        MnistException fault = Assert.Throws<MnistException>(() => paper.Read(InkTone.Light));
        Assert.Equal("NothingWritten", fault.Id);
        Assert.Contains("no light strokes stand out from the paper", fault.Message, StringComparison.Ordinal);
        Assert.Contains("There is dark ink: leave -Ink out, or give -Ink Dark", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFainterOfTwoInksIsReadWhereItIsAskedFor()
    {
        Paper paper = Seven(Paper.Of(Width, Height, 130), ink: 20).Line(450, 150, 450, 300, 9, ink: 190);
        Assert.Equal((InkTone.Dark, false), (paper.Read().Ink.Tone, paper.Read().Ink.IsFainter));
        Ink light = paper.Read(InkTone.Light).Ink;
        Assert.Equal((InkTone.Light, true), (light.Tone, light.IsFainter));
        Assert.InRange(light.Main.Box.Left, 440, 448);
    }
}
