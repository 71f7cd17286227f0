namespace MnistPS.Networks;

/// <summary>Where a training stands at the end of an epoch: all that its going on depends on besides the network.</summary>
/// <param name="Options">How it trains.</param>
/// <param name="Dataset">The data set, and the digest of its images.</param>
/// <param name="FirstEpoch">The number of its first epoch.</param>
/// <param name="IsFinished">Whether it has come to its end, by its last epoch or before; the network is then what it leaves.</param>
/// <param name="Watch">What early stopping has seen, or null without.</param>
internal sealed record TrainingPosition(TrainingOptions Options, string Dataset, int FirstEpoch, bool IsFinished, EarlyStoppingState? Watch);

/// <summary>What early stopping has seen.</summary>
/// <param name="BestError">The smallest validation error, infinite before the first epoch.</param>
/// <param name="Waited">Epochs since then.</param>
/// <param name="Best">The network as it was then, or null before the first epoch.</param>
internal sealed record EarlyStoppingState(double BestError, int Waited, NetworkState? Best);
