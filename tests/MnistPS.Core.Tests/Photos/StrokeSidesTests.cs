using MnistPS.Photos;

namespace MnistPS.Tests;

public class StrokeSidesTests
{
    [Fact]
    public void ThinSlantedStrokesOnBlackAreInk()
    {
        // A seven of 28 by 28 pixels, drawn light on black by a brush of one pixel.
        Handwriting seven = Paper.Of(28, 28, 0).Line(8, 6, 18, 6, 1, 255).Line(18, 6, 11, 21, 1, 255).Read();
        Assert.Equal(InkTone.Light, seven.Ink.Tone);
        Assert.InRange(seven.Group.Box.Width, 10, 13);
        Assert.InRange(seven.Group.Box.Height, 15, 18);
    }

    [Fact]
    public void AOneAlongAFaintRuleIsInk()
    {
        // Light ink on black. The rules have too little contrast to be found.
        Paper paper = Paper.Of(760, 300, 24);
        for (int i = 0; i < 6; i++)
        {
            paper.Line(64 + (110 * i), 0, 64 + (110 * i), 300, 7, 46).Line(58 + (110 * i), 100, 58 + (110 * i), 200, 5, 220);
        }

        IReadOnlyList<Handwriting> found = HandwritingReader.ReadAll(paper.Noise(5).Photo(), null, null, "paper");
        Assert.Equal(6, found.Count);
    }
}
