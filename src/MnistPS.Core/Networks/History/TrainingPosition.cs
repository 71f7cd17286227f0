namespace MnistPS.Networks;

/// <summary>The state of a training at the end of an epoch: all that resuming it needs besides the network.</summary>
/// <param name="Options">The options.</param>
/// <param name="Dataset">The data set, and the digest of its images.</param>
/// <param name="FirstEpoch">The number of its first epoch.</param>
/// <param name="IsFinished">Whether it has ended, by its last epoch or before; the network is then its result.</param>
/// <param name="Watch">The state of early stopping, or null without.</param>
internal sealed record TrainingPosition(TrainingOptions Options, string Dataset, int FirstEpoch, bool IsFinished, EarlyStoppingState? Watch);

/// <summary>The state of early stopping.</summary>
/// <param name="BestError">The smallest validation error, infinite before the first epoch.</param>
/// <param name="Waited">Epochs since then.</param>
/// <param name="Best">The network as it was then, or null before the first epoch.</param>
internal sealed record EarlyStoppingState(double BestError, int Waited, NetworkState? Best);
