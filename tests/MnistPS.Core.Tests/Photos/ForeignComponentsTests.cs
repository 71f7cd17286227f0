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
}
