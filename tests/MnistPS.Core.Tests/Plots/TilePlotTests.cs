using MnistPS.Plots;

namespace MnistPS.Tests;

public class TilePlotTests
{
    [Fact]
    public void ADenseLayersPictureHasTheWeightsOfOneUnit()
    {
        MnistNetwork network = Sample.Network("dense 3,dense 10");
        TilePlot plot = WeightPlots.Of(network, null);
        Assert.Equal(3, plot.Tiles.Count);
        Assert.Equal((28, 28), (plot.Tiles[1].Rows, plot.Tiles[1].Columns));
        double[] weights = network.State.Values[0];
        double scale = plot.Tiles[1].Values[100] / weights[100 * 3 + 1];
        Assert.True(scale > 0);
        for (int pixel = 0; pixel < 784; pixel++)
        {
            Assert.Equal(Math.Clamp(scale * weights[pixel * 3 + 1], -1, 1), plot.Tiles[1].Values[pixel], 12);
        }

        Assert.Equal("Weights of dense 3", plot.Title);
        Assert.StartsWith("3 units after 0 epochs", plot.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void AConvolutionsPictureIsAFilter()
    {
        MnistNetwork network = Sample.Network("batchnorm,conv 4x5,relu,dense 10");
        TilePlot plot = WeightPlots.Of(network, null);
        Assert.Equal(4, plot.Tiles.Count);
        Assert.Equal((5, 5), (plot.Tiles[3].Rows, plot.Tiles[3].Columns));

        // The normalization's scale, shift and running statistics come first.
        double[] weights = network.State.Values[4];
        Assert.Equal(Math.Sign(weights[3 * 25 + 7]), Math.Sign(plot.Tiles[3].Values[7]));
    }

    [Fact]
    public void ALayerBehindAPoolHasSmallerPictures()
        => Assert.Equal((14, 14), (WeightPlots.Of(Sample.Network("pool 2,dense 10"), null).Tiles[0].Rows, WeightPlots.Of(Sample.Network("pool 2,dense 10"), null).Tiles[0].Columns));

    [Fact]
    public void MoreUnitsThanASheetHasRoomForAreSaid()
    {
        TilePlot plot = WeightPlots.Of(Sample.Network("dense 500,dense 10"), null);
        Assert.Equal(TilePlot.Most, plot.Tiles.Count);
        Assert.StartsWith("the first 400 of 500 units", plot.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesSayWhatTheyAreAndMistakesStandOut()
    {
        MnistImage image = Sample.Images(1, 1)[0];
        int wrong = (image.Label!.Value + 1) % 10;
        TilePlot plot = ImagePlots.Of([new(image), new(image, image.Label), new(image, wrong), new(image, null, IsRejected: true)], 4, null);
        Assert.Equal([$"{image.Label}", $"{image.Label}", $"{wrong}, was {image.Label}", $"rejected, was {image.Label}"], plot.Tiles.Select(tile => tile.Caption));
        Assert.Equal([false, false, true, false], plot.Tiles.Select(tile => tile.StandsOut));
        Assert.Equal(image.Pixels[40] / 255.0, plot.Tiles[0].Values[40]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(400)]
    public void TheNaturalSizeHasRoomForAll(int count)
    {
        TilePlot plot = new("", "", [.. Enumerable.Repeat(new Tile("5", 1, 1, [0]), count)], IsDiverging: false);
        (int width, int height) = plot.NaturalSize;
        (int columns, double distance) = plot.LayOut(width - 56, height - 99);
        int rows = (count + columns - 1) / columns;
        Assert.True(columns * distance <= width);
        Assert.True(rows * distance * (1 + plot.CaptionShare) <= height);
        Assert.True(distance > 25);
        Assert.InRange(width, 240, 1200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(400)]
    public void ASheetIsAsLargeAsItsPictureAndAStripNoSmaller(int count)
    {
        TilePlot plot = new("", "", [.. Enumerable.Repeat(new Tile("5", 1, 1, [0]), count)], IsDiverging: false);
        (int width, int height) = plot.NaturalSize;
        Assert.Equal(1, plot.ScaleFor(width, height), 0.05);
        Assert.Equal(2 * plot.ScaleFor(width, height), plot.ScaleFor(2 * width, 2 * height), 1e-9);
    }

    [Fact]
    public void AStripOfTilesIsReadAsWellAsASheet()
    {
        TilePlot plot = new("", "", [.. Enumerable.Repeat(new Tile("5", 1, 1, [0]), 12)], IsDiverging: false);
        Assert.Equal(1, plot.ScaleFor(1200, 240), 0.2);
    }

    [Fact]
    public void SizesFollowFromEachOther()
    {
        ConfusionPlot plot = ConfusionPlot.Of([.. Enumerable.Range(0, 10).Select(_ => new int[10])], null);
        (int width, int height) = plot.NaturalSize;
        Assert.Equal((width, height), plot.SizeFor(null, null, 1, 10000));
        Assert.Equal((2 * width, 2 * height), plot.SizeFor(2 * width, null, 1, 10000));
        Assert.Equal((2 * width, 2 * height), plot.SizeFor(null, 2 * height, 1, 10000));
        Assert.Equal((300, 500), plot.SizeFor(300, 500, 1, 10000));
        Assert.Equal((300, 400), plot.SizeFor(300, null, 400, 10000));
    }
}
