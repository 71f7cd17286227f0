namespace MnistPS.Sweeps;

/// <summary>What came of a run of a sweep.</summary>
/// <param name="EpochsTrained">Epochs that it was trained for.</param>
/// <param name="TrainingError">The training error of the epoch that its network is as of, or null if it failed; and so the next three.</param>
/// <param name="TrainingAccuracy">The training accuracy.</param>
/// <param name="ValidationError">The validation error.</param>
/// <param name="ValidationAccuracy">The validation accuracy, by which runs are compared.</param>
/// <param name="Elapsed">How long it took, tests included.</param>
/// <param name="Computer">Where it ran.</param>
/// <param name="Error">Why it failed, or null.</param>
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
    /// <summary>Whether it is better than another: by the validation accuracy, then by the error. One that failed never is.</summary>
    public bool IsBetterThan(SweepResult? other) => ValidationAccuracy is double accuracy
        && (other?.ValidationAccuracy is not double best || accuracy > best || (accuracy == best && ValidationError < other.ValidationError));
}
