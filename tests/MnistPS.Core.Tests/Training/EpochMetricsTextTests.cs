namespace MnistPS.Tests;

/// <summary>The text of an epoch, which -Verbose shows.</summary>
public class EpochMetricsTextTests
{
    [Theory]
    [InlineData(0.8989, 0.6803, "Epoch: 3 Training set error:0.898 Training set accuracy:0.397 Test set error:0.680 Test set accuracy:0.5")]
    [InlineData(7.775e-8, 5.256e20, "Epoch: 3 Training set error:7.775e-08 Training set accuracy:0.397 Test set error:5.256e+20 Test set accuracy:0.5")]
    [InlineData(0, double.PositiveInfinity, "Epoch: 3 Training set error:0.0 Training set accuracy:0.397 Test set error:inf Test set accuracy:0.5")]
    public void IsTheTutorialsLineAndTrue(double trainingError, double testError, string line)
        => Assert.Equal(line, new EpochMetrics(3, trainingError, 0.397, null, null, testError, 0.5, 0.005, TimeSpan.FromSeconds(1), 1000).ToString());
}
