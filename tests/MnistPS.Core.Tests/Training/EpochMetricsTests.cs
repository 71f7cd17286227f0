using System.Globalization;

namespace MnistPS.Tests;

public class EpochMetricsTests
{
    [Theory]
    [InlineData(0.8989, "0.898")]
    [InlineData(0.12299999999999998, "0.122")]
    [InlineData(2.9999999999999996, "2.999")]
    [InlineData(1e-7, "0.000")]
    [InlineData(99999.9999, "99999.999")]
    [InlineData(100000, "1.00E+5")]
    [InlineData(double.NaN, "NaN")]
    public void AnErrorIsCutAndNotRounded(double error, string text)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(text, EpochMetrics.Cut(error));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
