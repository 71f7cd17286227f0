using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS.Losses;

/// <summary>
/// The squared error Σ (target − output)². Training descends half of it, with gradient output − target: the tutorial's <c>layer_2_delta</c> has no factor
/// 2.
/// </summary>
internal sealed unsafe class SquaredError<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _on;
    private readonly T _off;

    public SquaredError(double labelSmoothing)
    {
        _off = T.CreateTruncating(labelSmoothing / Classes);
        _on = T.CreateTruncating(1 - labelSmoothing + labelSmoothing / Classes);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Error(T* outputs, int label)
    {
        double sum = 0;
        for (int i = 0; i < Classes; i++)
        {
            double difference = double.CreateTruncating((i == label ? _on : _off) - outputs[i]);
            sum += difference * difference;
        }

        return sum;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Gradient(T* outputs, int label, T factor, T* gradient)
    {
        for (int i = 0; i < Classes; i++)
        {
            gradient[i] = factor * (outputs[i] - (i == label ? _on : _off));
        }

        return Error(outputs, label);
    }

    /// <inheritdoc/>
    public override void Scores(T* outputs, double temperature, Span<double> scores)
    {
        for (int i = 0; i < Classes; i++)
        {
            scores[i] = double.CreateTruncating(outputs[i]);
        }
    }
}
