namespace MnistPS.Tests;

/// <summary>What PyTorch met while training some networks.</summary>
internal sealed record TrajectoryFile(Trajectory[] Trajectories);

/// <summary>How a network was trained, and how its epochs went.</summary>
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

/// <summary>An epoch, with the learning rate of its last step where it moves.</summary>
internal sealed record TrajectoryEpoch(
    double TrainingLoss, double TrainingAccuracy, double TestLoss, double TestAccuracy, double? LearningRate = null);
