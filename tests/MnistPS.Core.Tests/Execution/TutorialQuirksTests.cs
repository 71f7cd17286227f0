using MnistPS.Execution;
using MnistPS.Losses;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

/// <summary>
/// One step of the tutorial's network, against its six lines of NumPy written out here: the ReLU's derivative is that of the layer's output, so always 1,
/// and the gradient passes the dropout mask without the factor 2.
/// </summary>
public sealed unsafe class TutorialQuirksTests
{
    private const int Hidden = 13;
    private const int Classes = 10;

    [Fact]
    public void TheGradientIsTheTutorials()
    {
        MnistNetwork network = Sample.Tutorial(7, Hidden);
        ImageSet images = Sample.Images(1, 3);
        (double[] expected1, double[] expected2) = TutorialGradients(
            network.State.Values[0], network.State.Values[1], images, network.State.Generator.Clone());

        Model<double> model = new(network.Definition, 1, isTraining: true);
        model.Load(network.State.Values, cancellation: TestContext.Current.CancellationToken);
        foreach (Parameter<double> parameter in model.Parameters)
        {
            parameter.SeparateGradients();
        }

        using Workers workers = new(1);
        Batch<double> batch = new(1, workers) { IsTraining = true, Generator = network.State.Generator.Clone() };
        batch.Take(images, null, 0, 1);
        model.Forward(batch);
        Loss<double>.Create(LossKind.SquaredError, 0).Gradient(model.Outputs(0), images.Labels[0], 1, model.OutputGradients(0));
        model.Backward(batch);

        AssertClose(expected1, GradientsOf(model.Parameters[0]));
        AssertClose(expected2, GradientsOf(model.Parameters[1]));
    }

    /// <summary>Without the quirks the gradient differs, so the test above can fail.</summary>
    [Fact]
    public void AnOrdinaryLayerOfTheSameNumbersHasAnotherGradient()
    {
        MnistNetwork network = Sample.Tutorial(7, Hidden);
        ImageSet images = Sample.Images(1, 3);
        NumPyGenerator generator = network.State.Generator.Clone();
        (double[] quirks, _) = TutorialGradients(network.State.Values[0], network.State.Values[1], images, generator.Clone());
        (double[] ordinary, _) = TutorialGradients(
            network.State.Values[0], network.State.Values[1], images, generator.Clone(), isOrdinary: true);
        Assert.NotEqual(quirks, ordinary);
    }

    private static (double[] First, double[] Second) TutorialGradients(
        double[] weights1, double[] weights2, ImageSet images, NumPyGenerator rng, bool isOrdinary = false)
    {
        double[] layer0 = [.. images[0].Pixels.Select(grey => grey / 255.0)];
        double[] layer1 = new double[Hidden];
        long[] mask = new long[Hidden];
        rng.Integers(0, 2, mask);
        for (int h = 0; h < Hidden; h++)
        {
            double sum = Enumerable.Range(0, layer0.Length).Sum(i => layer0[i] * weights1[i * Hidden + h]);
            layer1[h] = (sum >= 0 ? sum : 0) * mask[h] * 2;
        }

        // output − target; the tutorial adds target − output.
        double[] delta2 = [.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, Hidden).Sum(h => layer1[h] * weights2[h * Classes + c]))];
        delta2[images.Labels[0]] -= 1;
        double[] delta1 = new double[Hidden];
        for (int h = 0; h < Hidden; h++)
        {
            double passed = isOrdinary ? (layer1[h] > 0 ? 2 : 0) : mask[h];
            delta1[h] = passed * Enumerable.Range(0, Classes).Sum(c => weights2[h * Classes + c] * delta2[c]);
        }

        return (Outer(layer0, delta1), Outer(layer1, delta2));
    }

    private static double[] Outer(double[] left, double[] right) => [.. left.SelectMany(l => right.Select(r => l * r))];

    private static double[] GradientsOf(Parameter<double> parameter)
    {
        double[] gradients = new double[parameter.Count];
        parameter.Store(parameter.Target, gradients);
        return gradients;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Contains(expected, number => number != 0);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
