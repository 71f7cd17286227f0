using MnistPS.Execution;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

public sealed class CalibratorTests
{
    private static readonly MnistDataset _digits = SyntheticDigits.CreateDataset(seed: 3, trainingCount: 1500, testCount: 200);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void TheTemperatureIsThatByWhichOutputsAreTooLarge(double factor)
    {
        // Labels drawn by the probabilities of the outputs; then all outputs are made larger.
        Random random = new(5);
        double[][] outputs = [.. Enumerable.Range(0, 20_000).Select(_ => Enumerable.Range(0, 10).Select(_ => 4 * random.NextDouble()).ToArray())];
        int[] labels = Array.ConvertAll(outputs, row =>
        {
            double left = random.NextDouble() * row.Sum(Math.Exp);
            return Array.FindIndex(row, output => (left -= Math.Exp(output)) <= 0);
        });
        double[][] scaled = Array.ConvertAll(outputs, row => Array.ConvertAll(row, output => factor * output));

        double temperature = Calibrator.FitTemperature(scaled, labels);

        Assert.Equal(1, temperature / factor, 0.03);
        Assert.All((double[])[0.98, 1.02], away => Assert.True(Loss(scaled, labels, temperature) < Loss(scaled, labels, away * temperature)));
    }

    [Theory]
    [InlineData(true, 0.1)]
    [InlineData(false, 10)]
    public void WhereImagesAskForNoBoundItIsHeld(bool areRight, double expected)
    {
        double[] outputs = [0, 5, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(expected, Calibrator.FitTemperature([outputs, outputs], areRight ? [1, 1] : [2, 2]), 1e-6);
    }

    [Fact]
    public void TheTailHasTheLargestHundredth()
    {
        double[] tail = Calibrator.TailOf([.. Enumerable.Range(0, 10_001).Select(i => (double)i)]);
        Assert.Equal(Enumerable.Range(0, 21).Select(i => 10_000.0 - (5 * i)), tail);
        Assert.All(Calibrator.TailOf([0.5]), residual => Assert.Equal(0.5, residual));
    }

    [Fact]
    public void LikenessFallsFromOneToZeroOverTheTail()
    {
        byte[] pixels = SyntheticDigits.Draw(1, 1)[0].Pixels;
        float[] numbers = Array.ConvertAll(pixels, grey => grey / 255f);
        DigitForms shapes = DigitForms.Fit(_digits.Training, 1000, threads: 1, TestContext.Current.CancellationToken);
        double residual = shapes.Residual(numbers, 3);
        double LikenessWith(double from, double step)
            => new NetworkCalibration(1, [.. Enumerable.Range(0, NetworkCalibration.TailCount).Select(i => from - (step * i))], shapes).Likeness(numbers, 3);

        Assert.Equal(1, LikenessWith(2 * residual, 0));
        Assert.Equal(0, LikenessWith(residual, 0.001));
        Assert.Equal(0, LikenessWith(residual / 2, 0));
        Assert.Equal(0.5, LikenessWith(residual + 0.01, 0.001), 1e-6);
        Assert.Equal(0.525, LikenessWith(residual + 0.0105, 0.001), 1e-6);
    }

    [Fact]
    public void ShapesDoNotDependOnTheThreads()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(
            DigitForms.Fit(_digits.Training, 1000, threads: 1, cancellation).Numbers.ToArray(),
            DigitForms.Fit(_digits.Training, 1000, threads: 4, cancellation).Numbers.ToArray());
    }

    [Fact]
    public void ComponentsAreOrthogonalAndOfLengthOneOrNone()
    {
        DigitForms shapes = DigitForms.Fit(_digits.Training, 1500, threads: 2, TestContext.Current.CancellationToken);
        const int Width = StrokeDirections.Count;
        const int Rows = 1 + DigitForms.Components;
        float[][] rows = [.. Enumerable.Range(1, Rows - 1).Select(row => shapes.Numbers.Slice(row * Width, Width).ToArray())];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Of few images there are fewer components.
                double product = rows[i].Zip(rows[j], (a, b) => (double)a * b).Sum();
                Assert.Equal(i == j && (i == 0 || product != 0) ? 1 : 0, product, 1e-4);
            }
        }
    }

    [Fact]
    public void ADigitLooksMostLikeItself()
    {
        DigitForms shapes = DigitForms.Fit(_digits.Training, 1500, threads: 2, TestContext.Current.CancellationToken);
        int right = _digits.Test.Count(image => Enumerable.Range(0, 10).MinBy(digit => shapes.Residual(Numbers(image), digit)) == image.Label);
        Assert.InRange(right, 170, 200);
    }

    [Fact]
    public void OfADigitThatNoImageHasNothingIsExplained()
    {
        int[] zeros = [.. Enumerable.Range(0, 1500).Where(i => _digits.Training.LabelOf(i) == 0).Take(5)];
        DigitForms shapes = DigitForms.Fit(_digits.Training.Pick(zeros), 5, threads: 1, TestContext.Current.CancellationToken);
        MnistImage image = _digits.Training[zeros[0]];
        Assert.Equal(1, shapes.Residual(Numbers(image), 7), 1e-5);
        Assert.InRange(shapes.Residual(Numbers(image), 0), 0, 0.9);
        Assert.InRange(shapes.Residual(new float[MnistImage.PixelCount], 0), 0, 1.01);
    }

    [Fact]
    public void StrokesHaveTheirDirection()
    {
        float[] numbers = new float[MnistImage.PixelCount];
        for (int row = 6; row < 22; row++)
        {
            numbers[(row * MnistImage.Side) + 14] = 1;
        }

        float[] directions = new float[StrokeDirections.Count];
        StrokeDirections.Write(numbers, directions);
        float[] sums = [.. directions.Chunk(81).Select(windows => windows.Sum())];
        Assert.Equal(1, directions.Sum(number => number * number), 1e-5);

        // Across an upright stroke the grey changes from left to right, which is the first direction.
        Assert.Equal(0, Array.IndexOf(sums, sums.Max()));
        Assert.True(sums[0] > 3 * sums[3]);

        StrokeDirections.Write(new float[MnistImage.PixelCount], directions);
        Assert.All(directions, number => Assert.Equal(0, number));
    }

    [Fact]
    public void TrainingCalibratesWhatItLeavesAndChangesNothingElse()
    {
        TrainingOptions options = Sample.Options(epochs: 3) with { ValidationCount = 500 };
        MnistNetwork plain = Sample.Network("dense 20,relu,dense 10");
        MnistNetwork calibrated = Sample.Network("dense 20,relu,dense 10");
        Sample.Train(plain, _digits, options);
        Sample.Train(calibrated, _digits, options with { Calibrate = true });

        Assert.Null(plain.State.Calibration);
        NetworkCalibration calibration = calibrated.State.Calibration!;
        Assert.Equal(plain.State.Values, calibrated.State.Values);
        Assert.Equal(plain.State.Generator.State, calibrated.State.Generator.State);

        // Probabilities are those of the outputs divided by the temperature: the plain ones to its inverse's power.
        Prediction[] before = Predict(plain);
        Prediction[] after = Predict(calibrated);
        for (int i = 0; i < before.Length; i++)
        {
            double[] powers = [.. before[i].Scores.Select(score => Math.Pow(score, 1 / calibration.Temperature))];
            Assert.All(powers.Zip(after[i].Scores), pair => Assert.Equal(pair.First / powers.Sum(), pair.Second, 1e-9));
            Assert.Equal(before[i].Label, after[i].Label);
            Assert.Equal(before[i].Scores.Max(), before[i].Confidence);
        }

        Sample.Train(calibrated, _digits, options with { Epochs = 1 });
        Assert.Null(calibrated.State.Calibration);
    }

    [Fact]
    public void WithEarlyStoppingItIsTheBestNetworkThatIsCalibrated()
    {
        // At this rate the validation error rises again at once.
        TrainingOptions options = Sample.Options(epochs: 6) with { ValidationCount = 300, LearningRate = 0.5, EarlyStoppingPatience = 2, Calibrate = true };
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        Sample.Train(network, _digits, options);
        int trained = _digits.Training.Count - 300;
        NetworkCalibration again = Calibrator.Fit(
            network.Definition, network.State, _digits.Training, trained, _digits.Training.Slice(trained, 300), Numerics.Workers.Alone, TestContext.Current.CancellationToken);
        Assert.Equal(again.Temperature, network.State.Calibration!.Temperature, 1e-12);
        Assert.Equal(again.Tail, network.State.Calibration.Tail);
    }

    private static Prediction[] Predict(MnistNetwork network)
    {
        using Predictor predictor = new(network);
        return [.. _digits.Test.SelectMany(image => predictor.Add(image).ToArray()), .. predictor.Flush()];
    }

    private static float[] Numbers(MnistImage image) => Array.ConvertAll(image.Pixels, grey => grey / 255f);

    private static double Loss(double[][] outputs, int[] labels, double temperature)
        => outputs.Select((row, i) => Math.Log(row.Sum(output => Math.Exp(output / temperature))) - (row[labels[i]] / temperature)).Average();
}
