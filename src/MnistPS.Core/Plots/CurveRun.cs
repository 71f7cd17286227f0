namespace MnistPS.Plots;

/// <summary>A training, epoch by epoch.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">Its epochs, ascending.</param>
internal sealed record CurveRun(string Name, IReadOnlyList<CurvePoint> Points);
