namespace MnistPS.Networks;

/// <summary>A past training of a network, for a report or to repeat it.</summary>
/// <param name="FirstEpoch">The number of its first epoch.</param>
/// <param name="Dataset">The name of its data set.</param>
/// <param name="TrainingCount">Images of the training set, with those for validation.</param>
/// <param name="TestCount">Images of the test set.</param>
/// <param name="Options">The options of the training.</param>
internal sealed record TrainingRun(int FirstEpoch, string Dataset, int TrainingCount, int TestCount, TrainingOptions Options)
{
    /// <summary>The number of images in a validation set of its own; 0 without one.</summary>
    public int ValidationSetCount { get; init; }
}
