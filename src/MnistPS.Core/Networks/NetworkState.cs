using System.Collections.Immutable;
using MnistPS.Optimizers;
using MnistPS.Training;

namespace MnistPS.Networks;

/// <summary>All that training changes in a network, as it was at the end of an epoch. It is replaced as a whole, never written into.</summary>
/// <param name="Values">The parameters, row-major, in the order in which they are drawn.</param>
/// <param name="Generator">Where the random numbers go on; cloned before use.</param>
/// <param name="Optimizer">Where the optimizer goes on, or null before the first training.</param>
/// <param name="History">The metrics of all epochs so far, in their order.</param>
/// <param name="Precision">The numbers that they were computed with; those kept here are wide enough for both.</param>
internal sealed record NetworkState(
    double[][] Values, NumPyGenerator Generator, OptimizerState? Optimizer, ImmutableList<EpochMetrics> History, Precision Precision)
{
    /// <summary>The trainings that these epochs belong to, in their order.</summary>
    public ImmutableList<TrainingRun> Runs { get; init; } = [];

    /// <summary>What makes its confidence mean what it says, or null if it was not calibrated by these numbers.</summary>
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
