using MnistPS.Plots;

namespace MnistPS.Tests;

public class CurvePlotsTests
{
    [Fact]
    public void TrainingAndTestStandSideBySideErrorsAboveAccuracies()
    {
        LinePlot plot = CurvePlots.Of([Run("a", Point(0, 0.9, 0.4, 0.7, 0.6), Point(1, 0.6, 0.7, 0.5, 0.75))], null, null);
        Assert.Equal(2, plot.Columns);
        Assert.Equal(
            ["Training set error", "Test set error", "Training set accuracy", "Test set accuracy"], plot.Panels.Select(panel => panel.Title));

        // The tutorial draws the training accuracy in its test panel.
        Assert.Equal([0.6, 0.75], plot.Panels[3].Series.Single().Y);
        Assert.Equal([0, 1], plot.Panels[3].Series.Single().X);
        Assert.Equal(["", "", "Epoch", "Epoch"], plot.Panels.Select(panel => panel.XLabel));
        Assert.Equal("2 epochs, best test accuracy 0.7500 (epoch 1)", plot.Note);
        Assert.Empty(plot.Legend);
    }

    [Fact]
    public void PanelsOfARowShareTheirAxisWhichHasAllPoints()
    {
        LinePlot plot = CurvePlots.Of([Run("a", Point(0, 0.9, 0.4, 2.5, 0.1), Point(1, 0.6, 0.7, 0.5, 0.75))], null, null);
        Assert.Equal(plot.Panels[0].Y, plot.Panels[1].Y);
        Assert.Equal(plot.Panels[2].Y, plot.Panels[3].Y);
        foreach (LinePanel panel in plot.Panels)
        {
            Assert.All(panel.Series.SelectMany(series => series.Points), point =>
            {
                Assert.InRange(panel.Up(point.Y), 0, 1);
                Assert.InRange(panel.Along(point.X), 0, 1);
            });
        }
    }

    [Fact]
    public void AccuraciesInPercentAreOnTheAxis()
    {
        LinePlot plot = CurvePlots.Of([Run("a", Point(0, 0.9, 40, 0.7, 60), Point(1, 0.6, 70, 0.5, 97.5))], null, null);
        Assert.All(plot.Panels.SelectMany(panel => panel.Series.SelectMany(series => series.Points).Select(point => panel.Up(point.Y))), up => Assert.InRange(up, 0, 1));
        Assert.InRange(plot.Panels[3].Up(97.5), 0.9, 1);
    }

    [Fact]
    public void ValidationStandsBetweenThemWhereThereIsSome()
    {
        CurvePoint point = Point(0, 0.9, 0.4, 0.7, 0.6) with { ValidationError = 0.8, ValidationAccuracy = 0.5 };
        LinePlot plot = CurvePlots.Of([Run("a", point)], null, null);
        Assert.Equal(3, plot.Columns);
        Assert.Equal("Validation set accuracy", plot.Panels[4].Title);
        Assert.Equal([0.5], plot.Panels[4].Series.Single().Y);
    }

    [Fact]
    public void SeveralRunsAreLinesOfTheirOwnColoursWithALegend()
    {
        LinePlot plot = CurvePlots.Of(
            [Run("0.1", Point(0, 1, 0.4, 1, 0.4)), Run("0.2", Point(0, 1, 0.4, 1, 0.9)), Run("0.1", Point(0, 1, 0.4, 1, 0.5))], null, "LearningRate");
        Assert.Equal("LearningRate", plot.LegendTitle);
        Assert.Equal([("0.1", 0), ("0.2", 1)], plot.Legend);
        Assert.All(plot.Panels, panel => Assert.Equal([0, 1, 0], panel.Series.Select(series => series.Color)));
        Assert.Equal("3 runs, best test accuracy 0.9000 (0.2, epoch 0)", plot.Note);
    }

    [Fact]
    public void OneEpochIsInTheMiddle()
    {
        LinePlot plot = CurvePlots.Of([Run("a", Point(4, 0.9, 0.4, 0.7, 0.6))], null, null);
        Assert.All(plot.Panels, panel => Assert.Equal(0.5, panel.Along(4)));
        Assert.StartsWith("1 epoch,", plot.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotFiniteIsAGapAndCounted()
    {
        LinePlot plot = CurvePlots.Of(
            [Run("a", Point(0, 1, 0.4, 1, 0.4), Point(1, double.NaN, 0.1, double.PositiveInfinity, 0.1), Point(2, 0.5, 0.6, 0.5, 0.6))], null, null);
        Assert.Equal(2, plot.SkippedCount);
        Assert.Equal([1, 1], plot.Panels[0].Series.Single().Pieces.Select(piece => piece.Count));
        Assert.True(double.IsFinite(plot.Panels[0].Y.Max));
    }

    [Fact]
    public void NothingFiniteIsRefused()
    {
        MnistException fault = Assert.Throws<MnistException>(
            () => CurvePlots.Of([Run("a", Point(0, double.NaN, double.NaN, double.NaN, double.NaN))], null, null));
        Assert.Equal("NothingToPlot", fault.Id);
    }

    [Fact]
    public void AMissingMeasureHasNoRowAndAMissingSetNoColumn()
    {
        CurvePoint point = new(0, 0.5, null, null, null, null, null);
        LinePlot plot = CurvePlots.Of([Run("a", point)], "Mine", null);
        Assert.Equal(["Training set error"], plot.Panels.Select(panel => panel.Title));
        Assert.Equal("Mine", plot.Title);
        Assert.Equal("1 epoch", plot.Note);
    }

    [Fact]
    public void EpochsAreSortedAndOneThatComesAgainBeginsARun()
    {
        CurveRuns runs = new();
        foreach (int epoch in new[] { 2, 0, 1, 0, 1 })
        {
            runs.Add(null, Point(epoch, 1, 1, 1, 1));
        }

        runs.Add("named", Point(0, 1, 1, 1, 1));
        Assert.Equal(["Run 1", "Run 2", "named"], runs.ToList().Select(run => run.Name));
        Assert.Equal([0, 1, 2], runs.ToList()[0].Points.Select(point => point.Epoch));
    }

    [Fact]
    public void ARowIsNoneOfMetricsWithoutAnEpochOrANumber()
    {
        Assert.Null(CurvePoint.Of(name => name == "TestError" ? "1" : null));
        Assert.Null(CurvePoint.Of(name => name == "Epoch" ? "1" : ""));
        Assert.Equal(new CurvePoint(3, null, null, null, null, 0.25, null), CurvePoint.Of(name => name switch { "Epoch" => "3", "TestError" => "0,25", _ => null }));
        FormatException problem = Assert.Throws<FormatException>(() => CurvePoint.Of(name => name == "Epoch" ? 1 : "lots"));
        Assert.Equal("TrainingError is 'lots'; a number was expected.", problem.Message);
    }

    private static CurveRun Run(string name, params CurvePoint[] points) => new(name, points);

    private static CurvePoint Point(double epoch, double trainingError, double trainingAccuracy, double testError, double testAccuracy)
        => new(epoch, trainingError, trainingAccuracy, null, null, testError, testAccuracy);
}
