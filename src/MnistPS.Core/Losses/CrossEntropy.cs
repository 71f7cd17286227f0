using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS.Losses;

/// <summary>
/// The cross-entropy −Σ target · log softmax(output), from the logits: log-sum-exp relative to the largest, so that nothing overflows. Its gradient is
/// softmax − target. With label smoothing ε a target is 1 − ε + ε / 10 at the label and ε / 10 elsewhere (Szegedy et al., arXiv:1512.00567).
/// </summary>
internal sealed unsafe class CrossEntropy<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _smoothing;

    public CrossEntropy(double labelSmoothing)
    {
        _smoothing = labelSmoothing;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Error(T* outputs, int label)
    {
        Span<double> exponentials = stackalloc double[Classes];
        return Error(outputs, label, LogSumExp(outputs, exponentials, out _));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Gradient(T* outputs, int label, T factor, T* gradient)
    {
        Span<double> exponentials = stackalloc double[Classes];
        double logSum = LogSumExp(outputs, exponentials, out double sum);
        for (int i = 0; i < Classes; i++)
        {
            double target = _smoothing / Classes + (i == label ? 1 - _smoothing : 0);
            gradient[i] = factor * T.CreateTruncating(exponentials[i] / sum - target);
        }

        return Error(outputs, label, logSum);
    }

    /// <summary>The softmax of the outputs, each divided by the temperature.</summary>
    public override void Scores(T* outputs, double temperature, Span<double> scores)
    {
        double largest = double.CreateTruncating(outputs[ArgMax(outputs)]);
        double sum = 0;
        for (int i = 0; i < Classes; i++)
        {
            scores[i] = Math.Exp((double.CreateTruncating(outputs[i]) - largest) / temperature);
            sum += scores[i];
        }

        for (int i = 0; i < Classes; i++)
        {
            scores[i] /= sum;
        }
    }

    private double Error(T* outputs, int label, double logSum)
    {
        double error = (1 - _smoothing) * (logSum - double.CreateTruncating(outputs[label]));
        for (int i = 0; _smoothing > 0 && i < Classes; i++)
        {
            error += _smoothing / Classes * (logSum - double.CreateTruncating(outputs[i]));
        }

        return error;
    }

    private static double LogSumExp(T* outputs, Span<double> exponentials, out double sum)
    {
        double largest = double.CreateTruncating(outputs[ArgMax(outputs)]);
        sum = 0;
        for (int i = 0; i < Classes; i++)
        {
            exponentials[i] = Math.Exp(double.CreateTruncating(outputs[i]) - largest);
            sum += exponentials[i];
        }

        return largest + Math.Log(sum);
    }
}
