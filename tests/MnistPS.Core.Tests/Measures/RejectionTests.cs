using MnistPS.Execution;
using MnistPS.Networks;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>What is no digit is told from digits: scores side by side, each at the threshold that rejects one in a hundred test images of MNIST.</summary>
public sealed class RejectionTests
{
    [Theory]
    [InlineData(NetworkPreset.ConvNet, 2)]
    [InlineData(NetworkPreset.Mlp, 5)]
    public void FourOfFiveScribblesAndLettersAreRejected(NetworkPreset preset, int epochs)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        MnistDataset mnist = RealMnist.First(60_000, 10_000);
        MnistNetwork network = new(new NetworkOptions { Preset = preset }.Define(), seed: 1);
        TrainingOptions options = TrainingOptions.For(network) with { Epochs = epochs, ValidationCount = 5000, Calibrate = true };
        Sample.Train(network, mnist, options);
        IReadOnlyList<MnistImage> drawings = SyntheticScribbles.Draw(2000, 1);

        Prediction[] digits = Predict(network, mnist.Test);
        Prediction[] others = Predict(network, drawings);
        double[][] digitOutputs = Outputs(network, [.. mnist.Test], cancellation);
        double[][] otherOutputs = Outputs(network, [.. drawings], cancellation);
        double softmax = Rejected("softmax", outputs => 1 / outputs.Sum(output => Math.Exp(output - outputs.Max())));
        double largest = Rejected("largest output", outputs => outputs.Max());
        double energy = Rejected("energy", outputs => outputs.Max() + Math.Log(outputs.Sum(output => Math.Exp(output - outputs.Max()))));
        double confidence = Share("calibrated confidence", Array.ConvertAll(digits, one => one.Confidence), Array.ConvertAll(others, one => one.Confidence));
        double error = new Calibration(digits).ExpectedError;
        Write($"calibration error {error:0.0000}, temperature {network.State.Calibration!.Temperature:0.000}");

        Assert.InRange(confidence, 0.8, 1);
        Assert.True(confidence > softmax && confidence > largest && confidence > energy);
        Assert.InRange(error, 0, 0.01);

        double Rejected(string name, Func<double[], double> score) => Share(name, Array.ConvertAll(digitOutputs, row => score(row)), Array.ConvertAll(otherOutputs, row => score(row)));

        double Share(string name, double[] ofDigits, double[] ofOthers)
        {
            double[] rising = [.. ofDigits.Order()];
            double threshold = rising[rising.Length / 100];
            double share = ofOthers.Count(score => score < threshold) / (double)ofOthers.Length;
            Write($"{preset}, {name}: {share:P1} rejected at {threshold:0.000}");
            return share;
        }

        void Write(FormattableString line) => TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(line));
    }

    private static Prediction[] Predict(MnistNetwork network, IEnumerable<MnistImage> images)
    {
        using Predictor predictor = new(network);
        return [.. images.SelectMany(image => predictor.Add(image).ToArray()), .. predictor.Flush()];
    }

    private static double[][] Outputs(MnistNetwork network, MnistImage[] images, CancellationToken cancellation)
    {
        Evaluator evaluator = Evaluator.Create(network.Definition, network.State, Workers.Alone, cancellation);
        return [.. images.Chunk(Evaluator.BatchSize).SelectMany(chunk =>
        {
            evaluator.Forward([.. chunk.SelectMany(image => image.Pixels)], chunk.Length);
            return Enumerable.Range(0, chunk.Length).Select(evaluator.Outputs).ToArray();
        })];
    }
}
