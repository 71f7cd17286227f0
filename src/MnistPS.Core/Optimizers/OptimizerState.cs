namespace MnistPS.Optimizers;

/// <summary>The state of an optimizer between two trainings.</summary>
/// <param name="Kind">Its kind; another kind ignores it.</param>
/// <param name="StepCount">Steps taken.</param>
/// <param name="Moments">Its moments, parameter by parameter.</param>
internal sealed record OptimizerState(OptimizerKind Kind, long StepCount, double[][] Moments);
