namespace MnistPS.Tests;

/// <summary>The expected calibration error of an example computed by hand.</summary>
public sealed class CalibrationTests
{
    [Fact]
    public void The_error_is_the_mean_gap_of_the_bins_by_their_images()
    {
        // Three of confidence 0.9, two of them right; one of 0.5, wrong: 3/4 · |2/3 − 0.9| + 1/4 · |0 − 0.5|.
        Calibration calibration = new([Read(0.9, true), Read(0.9, true), Read(0.9, false), Read(0.5, false)]);
        Assert.Equal((0.75 * Math.Abs((2 / 3.0) - 0.9)) + (0.25 * 0.5), calibration.ExpectedError, 1e-12);
        CalibrationBin full = Assert.Single(calibration.Bins, bin => bin.Count == 3);
        Assert.Equal((13 / 15.0, 14 / 15.0), (full.From, full.To));
        Assert.Equal(0.9, full.Confidence, 1e-12);
        Assert.Equal(2 / 3.0, full.Accuracy, 1e-12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, 2)]
    [InlineData(0.21, 3)]
    [InlineData(1, 14)]
    [InlineData(1.3, 14)]
    public void A_bin_has_its_upper_edge_and_not_its_lower_one(double score, int bin)
        => Assert.Equal(1, new Calibration([Read(score, true)]).Bins[bin].Count);

    [Fact]
    public void Who_is_as_sure_as_right_has_no_error()
    {
        Prediction[] predictions = [.. Enumerable.Range(0, 10).Select(i => Read(0.7, i < 7))];
        Assert.Equal(0, new Calibration(predictions).ExpectedError, 1e-12);
    }

    private static Prediction Read(double score, bool isRight)
        => new(new MnistImage(new byte[MnistImage.PixelCount], 0, isRight ? 3 : 4), 3, [0, 0, 0, score, 0, 0, 0, 0, 0, 0]);
}
