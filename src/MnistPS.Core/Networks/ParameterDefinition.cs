using System.Runtime.CompilerServices;
using MnistPS.Tensors;

namespace MnistPS.Networks;

/// <summary>The role of a parameter.</summary>
internal enum ParameterRole
{
    Weights,
    Bias,
    Scale,
    Shift,
    RunningMean,
    RunningVariance,
}

/// <summary>A parameter of a layer: its role, its stored shape, and the inputs and outputs of one unit.</summary>
internal sealed record ParameterDefinition(ParameterRole Role, int[] Shape, int Inputs, int Outputs)
{
    // Values between two checks for cancellation.
    private const int DrawnAtOnce = 1 << 18;

    /// <summary>Number of values.</summary>
    public int Count => Shape.Aggregate(1, (count, dimension) => checked(count * dimension));

    /// <summary>Whether it is trained, and not a running statistic.</summary>
    public bool IsTrained => Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance);

    /// <summary>
    /// Whether a later batch normalisation removes it as a constant of a channel, so that its gradient is zero and it is not updated. It depends on later
    /// layers, so only <see cref="NetworkDefinition.Parameters"/> sets it.
    /// </summary>
    public bool IsNormalizedAway { get; init; }

    /// <summary>A parameter of one value per channel.</summary>
    public static ParameterDefinition OfChannels(ParameterRole role, int channels) => new(role, [channels], 1, 1);

    /// <summary>Draws its initial values, row-major. Only weights use the generator, in order.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Draw(Initializer initializer, double range, NumPyGenerator generator, CancellationToken cancellation)
    {
        double[] values = new double[Count];
        if (Role == ParameterRole.Weights)
        {
            double limit = initializer switch
            {
                Initializer.He => Math.Sqrt(6.0 / Inputs),
                Initializer.Glorot => Math.Sqrt(6.0 / (Inputs + Outputs)),
                _ => range,
            };

            // The tutorial's 0.2 * rng.random(shape) - 0.1.
            for (int start = 0; start < values.Length; start += DrawnAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                Span<double> part = values.AsSpan(start, Math.Min(DrawnAtOnce, values.Length - start));
                generator.Fill(part);
                Stretch(part, limit);
            }
        }
        else if (Role is ParameterRole.Scale or ParameterRole.RunningVariance)
        {
            values.AsSpan().Fill(1);
        }

        return values;
    }

    /// <summary>Maps values from [0, 1) to [−limit, limit).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stretch(Span<double> values, double limit)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 2 * limit * values[i] - limit;
        }
    }
}
