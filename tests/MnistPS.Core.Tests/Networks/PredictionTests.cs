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
}
