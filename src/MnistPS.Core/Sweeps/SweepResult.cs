namespace MnistPS.Sweeps;

/// <summary>The result of a run of a sweep.</summary>
/// <param name="EpochsTrained">The number of trained epochs.</param>
/// <param name="TrainingError">The training error of its network, or null if the run failed, like the next three.</param>
/// <param name="TrainingAccuracy">The training accuracy.</param>
/// <param name="ValidationError">The validation error.</param>
/// <param name="ValidationAccuracy">The validation accuracy, by which runs are compared.</param>
/// <param name="Elapsed">The time of the training, tests included.</param>
/// <param name="Computer">The name of the computer.</param>
/// <param name="Error">The reason of a failure, or null.</param>
internal sealed record SweepResult(
    int EpochsTrained,
    double? TrainingError,
    double? TrainingAccuracy,
    double? ValidationError,
    double? ValidationAccuracy,
    TimeSpan Elapsed,
    string Computer,
    string? Error)
{
    /// <summary>Whether it is better than another: by validation accuracy, then by validation error. A failed run is never better.</summary>
    public bool IsBetterThan(SweepResult? other) => ValidationAccuracy is double accuracy
        && (other?.ValidationAccuracy is not double best || accuracy > best || (accuracy == best && ValidationError < other.ValidationError));
}
