namespace MnistPS.Plots;

/// <summary>A training, epoch by epoch.</summary>
/// <param name="Name">What tells it from others.</param>
/// <param name="Points">Its epochs, rising.</param>
internal sealed record CurveRun(string Name, IReadOnlyList<CurvePoint> Points);
