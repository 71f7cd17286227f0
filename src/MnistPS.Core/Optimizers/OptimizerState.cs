namespace MnistPS.Optimizers;

/// <summary>What an optimizer keeps between two trainings of a network.</summary>
/// <param name="Kind">Its kind; another kind starts afresh.</param>
/// <param name="StepCount">Steps taken.</param>
/// <param name="Moments">Its numbers, parameter by parameter.</param>
internal sealed record OptimizerState(OptimizerKind Kind, long StepCount, double[][] Moments);
