using MnistPS.Plots;

namespace MnistPS.Tests;

public class LearningRatePlotsTests
{
    [Fact]
    public void EqualFactorsAreEqualSteps()
    {
        LinePlot plot = LearningRatePlots.Of([(1e-4, 2.3), (1e-3, 2), (1e-2, 1)], 1e-3, null);
        LinePanel panel = plot.Panels.Single();
        Assert.True(panel.IsLogarithmic);
        Assert.Equal(0.5, panel.Along(1e-3), 12);
        Assert.Equal((1e-3, "suggested 0.001"), panel.Mark);
        Assert.Equal("3 steps, suggested rate 0.001", plot.Note);
    }

    [Fact]
    public void AnEndThatDivergesDoesNotPressTheRestFlat()
    {
        LinePanel panel = LearningRatePlots.Of([(1e-3, 2), (1e-2, 1), (1e-1, 1e6)], null, null).Panels.Single();
        Assert.InRange(panel.Up(2) - panel.Up(1), 0.5, 1);
        Assert.Null(panel.Mark);
    }

    [Fact]
    public void WhatHasNoPlaceIsCounted()
    {
        LinePlot plot = LearningRatePlots.Of([(0, 2), (1e-2, 1), (1e-1, double.NaN)], double.NaN, null);
        Assert.Equal(2, plot.SkippedCount);
        Assert.Equal([1e-2], plot.Panels[0].Series[0].X);
        Assert.Equal(0.5, plot.Panels[0].Along(1e-2), 12);
    }

    [Fact]
    public void NothingIsRefused()
        => Assert.Equal("NothingToPlot", Assert.Throws<MnistException>(() => LearningRatePlots.Of([(1, double.NaN)], null, null)).Id);
}
