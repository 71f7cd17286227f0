using MnistPS.Plots;

namespace MnistPS.Tests;

public class ConfusionPlotTests
{
    [Fact]
    public void SharesAreOfTheDigitThatWasWritten()
    {
        int[][] counts = [.. Enumerable.Range(0, 10).Select(_ => new int[10])];
        counts[4][4] = 6;
        counts[4][9] = 2;
        counts[9][9] = 2;
        ConfusionPlot plot = ConfusionPlot.Of(counts, null);
        Assert.Equal(0.25, plot.Share(4, 9));
        Assert.Equal(0.75, plot.Recall(4));
        Assert.Equal(1, plot.Precision(4));
        Assert.Equal(0.5, plot.Precision(9));
        Assert.Null(plot.Recall(0));
        Assert.Equal(0, plot.Share(0, 1));
        Assert.Equal("8 of 10 images read right, accuracy 0.8000", plot.Note);
    }
}
