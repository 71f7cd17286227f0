using MnistPS.Plots;

namespace MnistPS.Tests;

public class CsvNumberTests
{
    [Theory]
    [InlineData("0.83", 0.83)]
    [InlineData("0,83", 0.83)]
    [InlineData(" 1,5E-05 ", 1.5e-5)]
    [InlineData("-3", -3.0)]
    [InlineData("NaN", double.NaN)]
    [InlineData("∞", double.PositiveInfinity)]
    [InlineData("-∞", double.NegativeInfinity)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData(7, 7.0)]
    [InlineData(0.25, 0.25)]
    public void ANumberIsWhatExportCsvMeant(object? written, double? expected)
    {
        Assert.True(CsvNumber.TryParse(written, out double? number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("1.234,5")]
    [InlineData("1,234,567")]
    [InlineData("eight")]
    [InlineData(true)]
    public void AnythingElseIsRefused(object written)
    {
        Assert.False(CsvNumber.TryParse(written, out double? number));
        Assert.Null(number);
    }
}
