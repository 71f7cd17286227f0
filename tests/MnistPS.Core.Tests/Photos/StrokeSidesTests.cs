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
}
