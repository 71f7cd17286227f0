namespace MnistPS.Tests;

public class PredictionTests
{
    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(1.3, 1)]
    [InlineData(-0.2, 0)]
    public void ConfidenceIsTheLabelsScoreFromZeroToOne(double score, double expected)
    {
        double[] scores = new double[10];
        Array.Fill(scores, -1);
        scores[7] = score;
        Assert.Equal(expected, new Prediction(new MnistImage(new byte[MnistImage.PixelCount], 0, null), 7, scores).Confidence);
    }

    [Theory]
    [InlineData(0.8, 1, 0.8, false)]
    [InlineData(0.8, 0.5, 0.5, true)]
    [InlineData(0.8, 1, 0.81, true)]
    [InlineData(0.8, 0, 0, false)]
    [InlineData(double.NaN, 1, 0.1, true)]
    [InlineData(double.NaN, 1, 0, false)]
    public void BelowTheMinimumNoDigitIsRead(double score, double likeness, double minimum, bool isRejected)
    {
        double[] scores = new double[10];
        scores[7] = score;
        Prediction prediction = new(new MnistImage(new byte[MnistImage.PixelCount], 4, 7), 7, scores, likeness, minimum);
        Assert.Equal(score * likeness, prediction.Confidence);
        Assert.Equal(isRejected, prediction.IsRejected);
        Assert.Equal(isRejected ? null : 7, prediction.Label);
        Assert.Equal(isRejected ? null : true, prediction.IsCorrect);
        Assert.Equal(isRejected ? "image 4: 7 rejected" : "image 4: 7 read as 7", prediction.ToString());
    }
}
