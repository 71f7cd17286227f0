namespace MnistPS.Tests;

/// <summary>Trainings of some networks in PyTorch.</summary>
internal sealed record TrajectoryFile(Trajectory[] Trajectories);

/// <summary>The settings of a training and the metrics of its epochs.</summary>
internal sealed record Trajectory(
    string Name,
    string[] Layers,
    ulong Seed,
    string Optimizer,
    double LearningRate,
    int BatchSize,
    int TrainingCount,
    int TestCount,
    TrajectoryEpoch[] Epochs,
    double WeightDecay = 0,
    double LabelSmoothing = 0,
    string Loss = "crossentropy",
    string Schedule = "constant");

/// <summary>An epoch, with the learning rate of its last step if there is a schedule.</summary>
internal sealed record TrajectoryEpoch(
    double TrainingLoss, double TrainingAccuracy, double TestLoss, double TestAccuracy, double? LearningRate = null);
