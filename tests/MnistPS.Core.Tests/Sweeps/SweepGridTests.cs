using System.Globalization;
using MnistPS.Sweeps;
using Xunit;

namespace MnistPS.Tests;

public sealed class SweepGridTests
{
    private static readonly SweepGrid _grid = new([("A", [1, 2]), ("B", ["x"]), ("C", [0.5, 1.5, 2.5])]);

    [Fact]
    public void AllCombinationsComeInOrderTheLastParameterFastest() => Assert.Equal(
        ["1 x 0.5", "1 x 1.5", "1 x 2.5", "2 x 0.5", "2 x 1.5", "2 x 2.5"],
        _grid.All().Select(settings => string.Join(' ', settings.Select(SweepGrid.TextOf))));

    [Fact]
    public void ASampleIsOfDifferentCombinationsAndTheSameForASeed()
    {
        SweepGrid large = new([("A", [.. Enumerable.Range(0, 1000).Cast<object?>()]), ("B", [.. Enumerable.Range(0, 1000).Cast<object?>()])]);
        string[] sample = Texts(large.Sample(500, seed: 3));
        Assert.Equal(500, sample.Distinct().Count());
        Assert.Equal(sample, Texts(large.Sample(500, seed: 3)));
        Assert.NotEqual(sample, Texts(large.Sample(500, seed: 4)));

        // Uniform: a mean of 500 draws from 0 to 999 lies within five of its standard deviations, 289 / √500.
        Assert.InRange(large.Sample(500, seed: 3).Average(settings => (int)settings[0]!), 499.5 - 65, 499.5 + 65);
    }

    [Fact]
    public void ASampleOfAllIsAll() => Assert.Equal(Texts(_grid.All()), Texts(_grid.Sample(6, seed: 1)));

    [Fact]
    public void AParameterWithoutAValueIsRefused()
        => Assert.Equal("SweepSettingEmpty", Assert.Throws<MnistException>(() => new SweepGrid([("A", [1]), ("B", [])])).Id);

    [Fact]
    public void MoreCombinationsThanCanBeCountedAreRefused()
    {
        object?[] values = [.. Enumerable.Range(0, 10_000).Cast<object?>()];
        Assert.Equal(100_000_000_000_000L, new SweepGrid(Enumerable.Repeat(("A", values), 3).Append(("B", [.. values.Take(100)]))).Count);
        Assert.Equal("SweepTooLarge", Assert.Throws<MnistException>(() => new SweepGrid(Enumerable.Repeat(("A", values), 4))).Id);
    }

    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(true, "True")]
    [InlineData(null, "")]
    [InlineData(new[] { 128, 64 }, "128, 64")]
    [InlineData(new[] { "conv 8x5", "dense 10" }, "conv 8x5, dense 10")]
    public void ValuesAreTextsOfTheInvariantCulture(object? value, string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(text, SweepGrid.TextOf(value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Table of Li et al. for R = 81, η = 3, s = 4, and smaller ones.
    [Theory]
    [InlineData(81, 81, "81x1 27x3 9x9 3x27 1x81")]
    [InlineData(27, 9, "27x1 9x3 3x9")]
    [InlineData(8, 10, "8x3 2x10")]
    [InlineData(2, 50, "2x50")]
    [InlineData(50, 2, "50x2")]
    public void RungsHaveAThirdOfTheRunsAndThreeTimesTheEpochs(int runs, int epochs, string rungs)
        => Assert.Equal(rungs, string.Join(' ', SuccessiveHalving.Rungs(runs, epochs).Select(rung => $"{rung.Runs}x{rung.Epochs}")));

    private static string[] Texts(IEnumerable<object?[]> settings) => [.. settings.Select(values => string.Join(' ', values))];
}
