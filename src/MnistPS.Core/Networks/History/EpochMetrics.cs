using System.Text.Json.Serialization;

namespace MnistPS;

/// <summary>The metrics of an epoch. Errors are means per image; accuracies are fractions from 0 to 1.</summary>
public sealed class EpochMetrics
{
    /// <summary>Creates metrics; the parameters are the properties of the same names.</summary>
    [JsonConstructor]
    internal EpochMetrics(
        int epoch,
        double trainingError,
        double trainingAccuracy,
        double? validationError,
        double? validationAccuracy,
        double? testError,
        double? testAccuracy,
        double learningRate,
        TimeSpan elapsed,
        double imagesPerSecond)
    {
        Epoch = epoch;
        TrainingError = trainingError;
        TrainingAccuracy = trainingAccuracy;
        ValidationError = validationError;
        ValidationAccuracy = validationAccuracy;
        TestError = testError;
        TestAccuracy = testAccuracy;
        LearningRate = learningRate;
        Elapsed = elapsed;
        ImagesPerSecond = imagesPerSecond;
    }

    /// <summary>The epoch, from 0; it continues when a network is trained again.</summary>
    public int Epoch { get; }

    /// <summary>The mean loss during training, before each image's step.</summary>
    public double TrainingError { get; }

    /// <summary>The fraction of training images classified correctly during training.</summary>
    public double TrainingAccuracy { get; }

    /// <summary>The loss on the validation images after the epoch, or null without any.</summary>
    public double? ValidationError { get; }

    /// <summary>The fraction of validation images classified correctly after the epoch, or null without any.</summary>
    public double? ValidationAccuracy { get; }

    /// <summary>The loss on the test images after the epoch, or null without any.</summary>
    public double? TestError { get; }

    /// <summary>The fraction of test images classified correctly after the epoch, or null without test images.</summary>
    public double? TestAccuracy { get; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; }

    /// <summary>Training time so far; what the caller does between two epochs is not counted.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Training images per second, tests not counted.</summary>
    public double ImagesPerSecond { get; }

    /// <summary>The line that the tutorial prints, character by character, without its part on test images where there are none. Errors that its truncation would falsify have an exponent (7.775e-08).</summary>
    public override string ToString() =>
        $"Epoch: {Epoch} Training set error:{PythonFloat.Cut(TrainingError)} Training set accuracy:{PythonFloat.Format(TrainingAccuracy)}" +
        (TestError is double error && TestAccuracy is double accuracy
            ? $" Test set error:{PythonFloat.Cut(error)} Test set accuracy:{PythonFloat.Format(accuracy)}"
            : "");
}
