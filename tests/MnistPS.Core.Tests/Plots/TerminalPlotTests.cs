using MnistPS.Plots;

namespace MnistPS.Tests;

public class TerminalPlotTests
{
    [Theory]
    [InlineData(80, 2)]
    [InlineData(72, 2)]
    [InlineData(71, 1)]
    [InlineData(50, 1)]
    [InlineData(300, 2)]
    public void PanelsStandSideBySideWhereTheyHaveRoom(int columns, int expected)
    {
        string[] lines = TerminalPlot.Draw(Falling(), columns, color: false);
        Assert.Equal(expected, lines.Single(line => line.StartsWith("Training set error", StringComparison.Ordinal)).Contains("Test set error", StringComparison.Ordinal) ? 2 : 1);
        Assert.All(lines, line => Assert.True(line.Length <= Math.Max(34, columns - 1), line));
    }

    [Fact]
    public void WithoutColourItIsAscii()
        => Assert.All(TerminalPlot.Draw(Falling(), 100, color: false), line => Assert.All(line, character => Assert.InRange(character, ' ', '~')));

    [Fact]
    public void ALineFallsFromTheTopLeftToTheBottomRight()
    {
        // The panel of training errors alone: nine rows beside an axis.
        string[] rows = [.. TerminalPlot.Draw(Falling(), 40, color: false).SkipWhile(line => !line.StartsWith("Training set error", StringComparison.Ordinal)).Skip(1).Take(9)];
        string[] marks = [.. rows.Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..])];
        int[] first = [.. marks.Select(row => row.IndexOf('o', StringComparison.Ordinal)).Where(place => place >= 0)];
        Assert.Equal(0, first[0]);
        Assert.Equal(first.Order(), first);
        Assert.True(first.Length >= 8, string.Join('\n', rows));
        Assert.Contains("0.5 |", string.Join('\n', rows), StringComparison.Ordinal);
    }

    [Fact]
    public void InColourItIsBrailleAndEveryLineEndsAsItBegan()
    {
        string[] lines = TerminalPlot.Draw(Falling(), 80, color: true);
        string all = string.Join('\n', lines);
        Assert.Contains(all, character => character is > '\u2800' and <= '\u28FF');
        Assert.Contains("\e[38;2;232;113;10m", all, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Contains("\e[38", StringComparison.Ordinal)), line => Assert.True(line.LastIndexOf("\e[0m", StringComparison.Ordinal) > line.LastIndexOf("\e[38", StringComparison.Ordinal)));
    }

    [Fact]
    public void ASinglePointIsThereAndItsEpochIsNamed()
    {
        LinePlot plot = CurvePlots.Of([new CurveRun("a", [new CurvePoint(4, 0.5, 0.5, null, null, 0.5, 0.5)])], null, null);
        string[] lines = TerminalPlot.Draw(plot, 80, color: false);
        string all = string.Join('\n', lines);
        string[] drawn = [.. lines.Where(line => line.Contains('|', StringComparison.Ordinal))];
        Assert.Equal((2, 2), (drawn.Sum(line => line.Count(one => one == 'o')), drawn.Sum(line => line.Count(one => one == '*'))));
        Assert.Contains("Epoch 4", all, StringComparison.Ordinal);
    }

    [Fact]
    public void RunsHaveMarksOfTheirOwnAndALegend()
    {
        CurveRun Run(string name, double error) => new(name, [new CurvePoint(0, error, 0.5, null, null, error, 0.5), new CurvePoint(1, error, 0.5, null, null, error, 0.5)]);
        LinePlot plot = CurvePlots.Of([Run("0.1", 0.2), Run("0.5", 0.9)], null, "Rate");
        string[] lines = TerminalPlot.Draw(plot, 80, color: false);
        Assert.Contains("Rate:  * 0.1  o 0.5", lines);
        Assert.Contains(lines, line => line.Contains("|****", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("|oooo", StringComparison.Ordinal));
    }

    [Fact]
    public void ASuggestedRateIsALineFromTopToBottom()
    {
        LinePlot plot = LearningRatePlots.Of([(1e-4, 2.3), (1e-3, 2), (1e-2, 1)], 1e-3, null);
        string[] lines = TerminalPlot.Draw(plot, 80, color: false);
        Assert.Contains(lines, line => line.Contains("Smoothed loss (: suggested 0.001)", StringComparison.Ordinal));
        Assert.True(lines.Count(line => line.Contains('|', StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal)) >= 7);
    }

    private static LinePlot Falling()
        => CurvePlots.Of([new CurveRun("a", [.. Enumerable.Range(0, 11).Select(i => new CurvePoint(i, 1 - 0.1 * i, 0.1 * i, null, null, 1 - 0.05 * i, 0.05 * i))])], null, null);
}
