using System.Collections.Immutable;
using MnistPS.Optimizers;

namespace MnistPS.Networks;

/// <summary>All that training changes in a network, as of the end of an epoch. It is replaced as a whole, never modified.</summary>
/// <param name="Values">The parameters, row-major, in the order in which they are drawn.</param>
/// <param name="Generator">The generator's state; cloned before use.</param>
/// <param name="Optimizer">The optimizer's state, or null before the first training.</param>
/// <param name="History">The metrics of all epochs so far, in order.</param>
/// <param name="Precision">The precision that the values were computed in; they are stored in double precision.</param>
internal sealed record NetworkState(
    double[][] Values, NumPyGenerator Generator, OptimizerState? Optimizer, ImmutableList<EpochMetrics> History, Precision Precision)
{
    /// <summary>The trainings that these epochs belong to, in order.</summary>
    public ImmutableList<TrainingRun> Runs { get; init; } = [];

    /// <summary>The class names of the last training.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = MnistPS.ClassNames.Digits;
    /// <summary>The calibration of these values, or null.</summary>
    public NetworkCalibration? Calibration { get; init; }

    /// <summary>A network before its first training.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NetworkState Draw(NetworkDefinition definition, ulong seed, CancellationToken cancellation)
    {
        NumPyGenerator generator = new(seed);
        double[][] values =
            [.. definition.Parameters.Select(parameter => parameter.Draw(definition.Initializer, definition.WeightRange, generator, cancellation))];
        return new NetworkState(values, generator, null, [], definition.Defaults.Precision);
    }
}
