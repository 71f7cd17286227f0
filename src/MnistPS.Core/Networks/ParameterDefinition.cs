using System.Runtime.CompilerServices;
using MnistPS.Tensors;

namespace MnistPS.Networks;

/// <summary>What a parameter of a layer is for.</summary>
internal enum ParameterRole
{
    Weights,
    Bias,
    Scale,
    Shift,
    RunningMean,
    RunningVariance,
}

/// <summary>A parameter of a layer: what it is for, its shape as drawn and kept, and the inputs and outputs of one unit.</summary>
internal sealed record ParameterDefinition(ParameterRole Role, int[] Shape, int Inputs, int Outputs)
{
    // Between two looks at whether to stop.
    private const int DrawnAtOnce = 1 << 18;

    /// <summary>Numbers in it.</summary>
    public int Count => Shape.Aggregate(1, (count, dimension) => checked(count * dimension));

    /// <summary>Whether it counts among what is learned, and is no running statistic.</summary>
    public bool IsTrained => Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance);

    /// <summary>
    /// Whether it is added to all of a channel and a later batch normalisation takes it away again, so that its gradient is zero and it stays as it is.
    /// It depends on the layers behind, so that only <see cref="NetworkDefinition.Parameters"/> tells.
    /// </summary>
    public bool IsTakenAway { get; init; }

    /// <summary>A parameter of one number a channel.</summary>
    public static ParameterDefinition OfChannels(ParameterRole role, int channels) => new(role, [channels], 1, 1);

    /// <summary>Its first values, row-major. Only weights draw from the generator, in order.</summary>
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

    /// <summary>From numbers of 0 to 1 makes such of −limit to limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stretch(Span<double> numbers, double limit)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = 2 * limit * numbers[i] - limit;
        }
    }
}
