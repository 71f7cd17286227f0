using CsCheck;
using MnistPS.Losses;

namespace MnistPS.Tests;

public sealed unsafe class LossTests
{
    private const int Classes = Loss<double>.Classes;

    [Theory]
    [InlineData(LossKind.SquaredError, 0.0)]
    [InlineData(LossKind.SquaredError, 0.2)]
    [InlineData(LossKind.CrossEntropy, 0.0)]
    [InlineData(LossKind.CrossEntropy, 0.2)]
    public void TheGradientIsTheNumericOne(LossKind kind, double smoothing)
    {
        Loss<double> loss = Loss<double>.Create(kind, smoothing);

        // Training descends half of the squared error.
        double part = kind == LossKind.SquaredError ? 0.5 : 1;
        Gen.Select(Gen.Double[-5, 5].Array[Classes], Gen.Int[0, 9], Gen.Double[0.1, 3]).Sample((outputs, label, factor) =>
        {
            double[] actual = new double[Classes];
            fixed (double* at = outputs, gradient = actual)
            {
                Assert.Equal(loss.Error(at, label), loss.Gradient(at, label, factor, gradient));
                for (int i = 0; i < Classes; i++)
                {
                    const double Step = 1e-5;
                    double value = at[i];
                    at[i] = value + Step;
                    double above = loss.Error(at, label);
                    at[i] = value - Step;
                    double below = loss.Error(at, label);
                    at[i] = value;
                    double expected = factor * part * (above - below) / (2 * Step);
                    Assert.True(Math.Abs(expected - gradient[i]) < 1e-6 * Math.Abs(expected) + 1e-8, $"{gradient[i]} is not {expected}.");
                }
            }
        });
    }

    [Fact]
    public void TheErrorsAreTheirDefinitions()
        => Gen.Select(Gen.Double[-5, 5].Array[Classes], Gen.Int[0, 9], Gen.Double[0, 0.9]).Sample((outputs, label, smoothing) =>
        {
            double[] targets = [.. Enumerable.Range(0, Classes).Select(i => smoothing / Classes + (i == label ? 1 - smoothing : 0))];
            double sum = outputs.Sum(Math.Exp);
            fixed (double* at = outputs)
            {
                double squared = Loss<double>.Create(LossKind.SquaredError, smoothing).Error(at, label);
                Assert.Equal(outputs.Zip(targets).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)), squared, 1e-10);
                double entropy = Loss<double>.Create(LossKind.CrossEntropy, smoothing).Error(at, label);
                Assert.Equal(-outputs.Zip(targets).Sum(pair => pair.Second * Math.Log(Math.Exp(pair.First) / sum)), entropy, 1e-10);
            }
        });

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    [InlineData(1e300)]
    public void CrossEntropyOfLargeOutputsStaysFinite(double size)
    {
        double[] outputs = [size, -size, 0, 0, 0, 0, 0, 0, 0, 0];
        double[] gradients = new double[Classes];
        double[] scores = new double[Classes];
        fixed (double* at = outputs, gradient = gradients)
        {
            Loss<double> loss = Loss<double>.Create(LossKind.CrossEntropy, 0);
            Assert.Equal(size > 0 ? 0 : -2 * size, loss.Error(at, 0));
            loss.Gradient(at, 0, 1, gradient);
            loss.Scores(at, 1, scores);
        }

        Assert.All(gradients, gradient => Assert.True(double.IsFinite(gradient)));
        Assert.Equal(1, scores.Sum());
    }

    [Fact]
    public void ScoresAreTheOutputsOrTheirSoftmax()
    {
        double[] outputs = [1, 2, 3, 0, 0, 0, 0, 0, 0, -1];
        double[] scores = new double[Classes];
        fixed (double* at = outputs)
        {
            Loss<double>.Create(LossKind.SquaredError, 0).Scores(at, 1, scores);
            Assert.Equal(outputs, scores);
            Loss<double>.Create(LossKind.CrossEntropy, 0).Scores(at, 1, scores);
        }

        Assert.All(outputs.Zip(scores), pair => Assert.Equal(Math.Exp(pair.First) / outputs.Sum(Math.Exp), pair.Second, 1e-15));
    }

    [Fact]
    public void OfEqualOutputsTheFirstIsRead()
    {
        double[] outputs = [0, 3, 1, 3, 0, 0, 0, 0, 0, 3];
        fixed (double* at = outputs)
        {
            Assert.Equal(1, Loss<double>.ArgMax(at));
        }
    }
}
