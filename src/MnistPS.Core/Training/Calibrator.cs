using MnistPS.Execution;
using MnistPS.Networks;
using MnistPS.Numerics;

namespace MnistPS.Training;

/// <summary>Fits the calibration of a trained network, on images that it was not trained on.</summary>
internal static class Calibrator
{
    // The bounds of the temperature, for validation images that do not limit it.
    private const double LeastTemperature = 0.1;
    private const double MostTemperature = 10;
    private const int Rounds = 50;

    /// <summary>Fits a network's calibration.</summary>
    /// <param name="definition">The definition of the network.</param>
    /// <param name="state">The state of the network.</param>
    /// <param name="training">The training set.</param>
    /// <param name="trained">The number of images, from the beginning, that the network was trained on.</param>
    /// <param name="validation">The validation images.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NetworkCalibration Fit(
        NetworkDefinition definition, NetworkState state, ImageSet training, int trained, ImageSet validation, Workers workers, CancellationToken cancellation)
    {
        DigitForms forms = DigitForms.Fit(training, trained, workers.Count, cancellation);
        double[][] outputs = new double[validation.Count][];
        int[] labels = new int[validation.Count];
        double[] residuals = new double[validation.Count];
        Evaluator evaluator = Evaluator.Create(definition, state, workers, cancellation);
        evaluator.Cancellation = cancellation;
        byte[] pixels = new byte[Evaluator.BatchSize * MnistImage.PixelCount];
        float[] numbers = new float[MnistImage.PixelCount];
        for (int start = 0; start < validation.Count; start += Evaluator.BatchSize)
        {
            int count = Math.Min(Evaluator.BatchSize, validation.Count - start);
            validation.Pixels.Slice(start * MnistImage.PixelCount, count * MnistImage.PixelCount).CopyTo(pixels);
            evaluator.Forward(pixels, count);
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < count; i++)
            {
                outputs[start + i] = evaluator.Outputs(i);
                labels[start + i] = validation.LabelOf(start + i);
                evaluator.CopyNumbers(i, numbers);
                residuals[start + i] = forms.Residual(numbers, Array.IndexOf(outputs[start + i], outputs[start + i].Max()));
            }
        }

        return new NetworkCalibration(FitTemperature(outputs, labels), TailOf(residuals), forms);
    }

    /// <summary>
    /// The temperature with the smallest mean cross-entropy, from 0.1 to 10. The cross-entropy is convex in its inverse β, and its derivative is the mean of
    /// Σ p(β) · output − output of the label. Bisection finds its zero.
    /// </summary>
    /// <param name="outputs">The network's outputs of each image, (n, 10).</param>
    /// <param name="labels">The digits, (n).</param>
    public static double FitTemperature(double[][] outputs, int[] labels)
    {
        double low = 1 / MostTemperature;
        double high = 1 / LeastTemperature;
        for (int round = 0; round < Rounds; round++)
        {
            double middle = Math.Sqrt(low * high);
            if (Slope(middle) > 0)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return 1 / Math.Sqrt(low * high);

        double Slope(double inverse)
        {
            double slope = 0;
            for (int image = 0; image < outputs.Length; image++)
            {
                double largest = outputs[image].Max();
                double sum = 0;
                double weighted = 0;
                foreach (double output in outputs[image])
                {
                    double exponential = Math.Exp(inverse * (output - largest));
                    sum += exponential;
                    weighted += exponential * output;
                }

                slope += (weighted / sum) - outputs[image][labels[image]];
            }

            return slope;
        }
    }

    /// <summary>The largest residuals, by the share of images that exceed them (<see cref="NetworkCalibration.Tail"/>).</summary>
    internal static double[] TailOf(double[] residuals)
    {
        double[] falling = [.. residuals.OrderDescending()];
        return [.. Enumerable.Range(0, NetworkCalibration.TailCount).Select(i =>
        {
            double place = NetworkCalibration.TailShare * i / (NetworkCalibration.TailCount - 1) * (falling.Length - 1);
            int before = (int)place;
            double after = falling[Math.Min(before + 1, falling.Length - 1)];
            return falling[before] + ((place - before) * (after - falling[before]));
        })];
    }
}
