using MnistPS.Formats;

namespace MnistPS.Tests;

public class MetricsTableTests
{
    [Theory]
    [InlineData("Epoch,TestError\n0,0.5\n1,0.25\n")]
    [InlineData("\"Epoch\",\"TestError\"\r\n\"0\",\"0.5\"\r\n\"1\",\"0.25\"\r\n")]
    [InlineData("#TYPE MnistPS.EpochMetrics\r\n\"Epoch\";\"TestError\"\r\n\"0\";\"0.5\"\r\n\"1\";\"0.25\"")]
    [InlineData("Epoch\tTestError\n0\t0.5\n\n1\t0.25")]
    public void TablesAreReadAsExportCsvWritesThem(string text)
    {
        MetricsTable table = MetricsTable.Parse(text);
        Assert.Equal(["0.5", "0.25"], table.Rows.Select(row => table.Value(row.Texts, "testerror")));
        Assert.Null(table.Value(table.Rows[0].Texts, "TestAccuracy"));
    }

    [Fact]
    public void ADecimalCommaIsInQuotesOrBetweenSemicolons()
    {
        Assert.Equal("0,5", MetricsTable.Parse("\"Epoch\",\"TestError\"\n\"0\",\"0,5\"").Rows[0].Texts[1]);
        Assert.Equal("0,5", MetricsTable.Parse("Epoch;TestError\n0;0,5").Rows[0].Texts[1]);
    }

    [Theory]
    [InlineData("", "it is empty.")]
    [InlineData("<html>", "its first line names no column Epoch.")]
    [InlineData("Epoch,TestError\n0,0.5\n1,0,5", "line 3 has 3 columns and the header has 2; numbers with a decimal comma need quotes, or semicolons between columns.")]
    public void WhatIsNoTableSaysWhy(string text, string reason)
        => Assert.Equal(reason, Assert.Throws<FormatException>(() => MetricsTable.Parse(text)).Message);

    [Fact]
    public void LinesAreCountedAsTheyStandInTheFile()
        => Assert.Equal(4, MetricsTable.Parse("#TYPE x\nEpoch,A\n\n0,1").Rows.Single().Line);

    [Fact]
    public void AFileThatIsNotThereIsSaid()
        => Assert.Equal("MetricsFileNotFound", Assert.Throws<MnistException>(() => MetricsTable.Read("/nowhere/at/all.csv")).Id);
}
