namespace MnistPS;

/// <summary>The training options that apply by default.</summary>
internal sealed record TrainingDefaults(
    int Epochs,
    int BatchSize,
    OptimizerKind Optimizer,
    double LearningRate,
    LearningRateSchedule Schedule,
    bool Shuffle,
    Precision Precision)
{
    /// <summary>The tutorial's: image by image in order, at a rate of 0.005, 20 epochs.</summary>
    public static TrainingDefaults Tutorial { get; } =
        new(20, 1, OptimizerKind.Sgd, 0.005, LearningRateSchedule.Constant, Shuffle: false, Precision.Double);

    /// <summary>For the caller's own layers.</summary>
    public static TrainingDefaults Custom { get; } =
        new(20, 128, OptimizerKind.Adam, 0.001, LearningRateSchedule.Constant, Shuffle: true, Precision.Single);

    /// <summary>For the preset of two hidden layers.</summary>
    public static TrainingDefaults Mlp { get; } =
        new(20, 128, OptimizerKind.Adam, 0.004, LearningRateSchedule.OneCycle, Shuffle: true, Precision.Single);

    /// <summary>For the preset with convolutions.</summary>
    public static TrainingDefaults ConvNet { get; } =
        new(2, 64, OptimizerKind.Adam, 0.01, LearningRateSchedule.OneCycle, Shuffle: true, Precision.Single);
}
