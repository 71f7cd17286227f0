using System.Text.Json.Serialization;
using MnistPS.Losses;
using MnistPS.Training;

namespace MnistPS.Networks;

/// <summary>The options of a training.</summary>
internal sealed record TrainingOptions
{
    // Each thread takes memory of its own; a typing error should not end the process.
    private const int MostThreads = 1024;

    /// <summary>Passes over the training images.</summary>
    public required int Epochs { get; init; }

    /// <summary>Images per step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The optimizer.</summary>
    public required OptimizerKind Optimizer { get; init; }

    /// <summary>The learning rate, before the schedule.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The schedule of the learning rate.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>Whether images are shuffled in each epoch.</summary>
    public required bool Shuffle { get; init; }

    /// <summary>The precision of the training.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The weight decay; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Images at the end of the training set that are never trained on.</summary>
    public int ValidationCount { get; init; }

    /// <summary>Epochs without a lower validation error after which training ends, or null.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>The augmentations of the training images.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>The time after which training ends, even within an epoch, or null.</summary>
    public TimeSpan? MaximumTime { get; init; }

    /// <summary>Whether the network is calibrated at the end, on the validation images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Calibrate { get; init; }

    /// <summary>Number of threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The default options of a network.</summary>
    public static TrainingOptions For(MnistNetwork network) => For(network.Definition) with { Precision = network.Precision };

    /// <summary>The default options of a network that is not trained yet.</summary>
    public static TrainingOptions For(NetworkDefinition definition)
    {
        TrainingDefaults defaults = definition.Defaults;
        return new TrainingOptions
        {
            Epochs = defaults.Epochs,
            BatchSize = defaults.BatchSize,
            Optimizer = defaults.Optimizer,
            LearningRate = defaults.LearningRate,
            Schedule = defaults.Schedule,
            Shuffle = defaults.Shuffle,
            Precision = defaults.Precision,
        };
    }

    /// <summary>Converts a fraction of images to a count.</summary>
    /// <exception cref="MnistException">It is not a fraction, or is less than one image (<c>ValidationFractionOutOfRange</c>).</exception>
    public static int CountOf(double fraction, int count)
    {
        if (fraction is not (>= 0 and < 1))
        {
            throw Invalid("ValidationFractionOutOfRange",
                FormattableString.Invariant($"-ValidationFraction is {fraction}; a number from 0 up to, but not, 1 was expected, such as 0.1."), fraction);
        }

        int validationCount = (int)Math.Round(fraction * count);
        return fraction == 0 || validationCount > 0 ? validationCount : throw Invalid("ValidationFractionOutOfRange",
            FormattableString.Invariant($"-ValidationFraction is {fraction}, which of {count} images is none. Give a larger share, or -ValidationCount."), fraction);
    }

    /// <summary>Checks the options against a network and its images.</summary>
    /// <exception cref="MnistException">An option is out of range; it is the first of <see cref="Faults"/>.</exception>
    public void Check(NetworkDefinition definition, MnistDataset dataset)
    {
        if (Faults(definition, dataset).FirstOrDefault() is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>All faults of the options for a network and its images.</summary>
    public IEnumerable<MnistException> Faults(NetworkDefinition definition, MnistDataset dataset)
    {
        int count = dataset.Training.Count;
        bool isTrained = ValidationCount >= 0 && ValidationCount < count;
        int trained = isTrained ? count - ValidationCount : count;
        int validated = dataset.Validation?.Count ?? ValidationCount;
        MnistException?[] faults =
        [
            Epochs >= 1 ? null : Invalid("EpochsOutOfRange", $"-Epochs is {Epochs}; 1 or more was expected.", Epochs),
            double.IsFinite(LearningRate) && LearningRate > 0 ? null : Invalid("LearningRateOutOfRange",
                FormattableString.Invariant($"-LearningRate is {LearningRate}; a number above 0 was expected, such as 0.005."), LearningRate),
            double.IsFinite(WeightDecay) && WeightDecay >= 0 ? null : Invalid("WeightDecayOutOfRange",
                FormattableString.Invariant($"-WeightDecay is {WeightDecay}; 0 or a number above it was expected, such as 1e-4."), WeightDecay),
            Threads is >= 1 and <= MostThreads ? null : Invalid("ThrottleLimitOutOfRange",
                $"-ThrottleLimit is {Threads}; 1 to {MostThreads} threads were expected.", Threads),
            MaximumTime is null || MaximumTime > TimeSpan.Zero ? null : Invalid("MaximumTimeOutOfRange",
                $"-MaximumTime is {MaximumTime}; a time above 0 was expected, such as 0:02 for two minutes.", MaximumTime),
            dataset.Training.Targets is null or { ClassCount: Loss<double>.Classes } ? null : Invalid("TargetsDoNotFit",
                $"The targets have the shape {dataset.Training.Targets}, and the network has {Loss<double>.Classes} outputs. Use ConvertTo-OneHot with -ClassCount {Loss<double>.Classes}, or none.", dataset),
            count > 0 ? null : Invalid("NothingToTrain", "The data set has no training images; 1 or more were expected. To train on its test images: $data | New-MnistDataset -TrainingFraction 1", dataset),
            isTrained ? null : Invalid("ValidationLeavesNothing",
                $"{ValidationCount} of {count} training images are for validation; 0 to {count - 1} were expected, so that one is left to train on.", ValidationCount),
            BatchSize >= 1 && BatchSize <= trained ? null : Invalid("BatchSizeOutOfRange",
                $"-BatchSize is {BatchSize}; 1 to {trained} was expected, the number of images to train on.", BatchSize),
            BatchSize > 1 || !definition.NormalizesUnits ? null : Invalid("BatchSizeOutOfRange",
                "-BatchSize is 1, and a 'batchnorm' on single units looks at how the images of a batch differ: nothing before it could learn from one. Give 2 or more.",
                BatchSize),
            EarlyStoppingPatience is null or >= 1 ? null : Invalid("PatienceOutOfRange",
                $"-EarlyStoppingPatience is {EarlyStoppingPatience}; 1 or more epochs were expected.", EarlyStoppingPatience),
            dataset.Validation is null or { Count: > 0 } ? null : Invalid("NothingToValidate", "-Validation has no images; 1 or more were expected.", dataset),
            EarlyStoppingPatience is null || ValidationCount > 0 || dataset.Validation is not null ? null : Invalid("NothingToWatch",
                "-EarlyStoppingPatience watches the validation error, and no image is for validation. Add -ValidationCount, -ValidationFraction or -Validation.", EarlyStoppingPatience),
            !Calibrate || definition.Loss == LossKind.CrossEntropy ? null : Invalid("CalibrationNeedsProbabilities",
                "-Calibrate makes probabilities right, and this network, whose loss is SquaredError, gives none. Make one with the loss CrossEntropy, such as New-MnistNetwork -Preset ConvNet.",
                definition.Loss),
            !Calibrate || ValidationCount > 0 || dataset.Validation is not null ? null : Invalid("NothingToCalibrateOn",
                "-Calibrate is done on images that were not trained on, and no image is for validation. Add -ValidationCount, -ValidationFraction or -Validation, such as -ValidationCount 5000.",
                ValidationCount),
            !Calibrate || validated is <= 0 or >= NetworkCalibration.LeastImages ? null : Invalid("TooFewToCalibrateOn",
                $"-Calibrate finds the confidence that one in a hundred digits is below, and {validated} images are for validation; {NetworkCalibration.LeastImages} or more were expected. Give -ValidationCount 5000, or leave out -Calibrate where there are too few images.",
                validated),
        ];
        return faults.OfType<MnistException>();
    }

    /// <summary>The options in a line, such as <c>20 epochs by Sgd, learning rate 0.005, batches of 1, Double precision, 2 threads</c>.</summary>
    public override string ToString()
    {
        List<string> parts =
        [
            $"{Count(Epochs, "epoch")} by {Optimizer}",
            FormattableString.Invariant($"learning rate {LearningRate}") + (Schedule == LearningRateSchedule.Constant ? "" : $" ({Schedule})"),
            $"batches of {BatchSize}",
        ];
        Add(WeightDecay > 0, FormattableString.Invariant($"weight decay {WeightDecay}"));
        Add(Shuffle, "shuffled");
        Add(Augmentations.Count > 0, $"varied by {string.Join(", ", Augmentations)}");
        Add(ValidationCount > 0, $"{ValidationCount} images for validation");
        Add(EarlyStoppingPatience is not null, $"{Count(EarlyStoppingPatience ?? 0, "epoch")} of patience");
        Add(MaximumTime is not null, $"{MaximumTime} at most");
        Add(Calibrate, "calibrated");
        parts.Add($"{Precision} precision");
        parts.Add(Count(Threads, "thread"));
        return string.Join(", ", parts);

        static string Count(int number, string of) => number == 1 ? $"1 {of}" : $"{number} {of}s";

        void Add(bool isSo, string part)
        {
            if (isSo)
            {
                parts.Add(part);
            }
        }
    }

    private static MnistException Invalid(string id, string message, object? target) => new(id, Fault.InvalidArgument, message, target);
}
