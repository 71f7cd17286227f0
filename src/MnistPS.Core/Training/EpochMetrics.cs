using System.Text.Json.Serialization;

namespace MnistPS;

/// <summary>How an epoch went. Errors are means an image; accuracies are shares from 0 to 1.</summary>
public sealed class EpochMetrics
{
    /// <summary>Metrics of an epoch; the parameters are the properties of the same names.</summary>
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

    /// <summary>The epoch, from 0; it goes on when a network is trained again.</summary>
    public int Epoch { get; }

    /// <summary>The loss as met during training, before each image's step.</summary>
    public double TrainingError { get; }

    /// <summary>The share of training images that were read right during training.</summary>
    public double TrainingAccuracy { get; }

    /// <summary>The loss on the validation images after the epoch, or null without any.</summary>
    public double? ValidationError { get; }

    /// <summary>The share of validation images read right after the epoch, or null without any.</summary>
    public double? ValidationAccuracy { get; }

    /// <summary>The loss on the test images after the epoch, or null without any.</summary>
    public double? TestError { get; }

    /// <summary>The share of test images read right after the epoch, or null without any.</summary>
    public double? TestAccuracy { get; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; }

    /// <summary>Time that the training has taken, from its beginning; what the caller does between two epochs is not counted.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Training images a second, tests not counted.</summary>
    public double ImagesPerSecond { get; }

    /// <summary>The line that the document prints, character by character, and without test images what it has of them left out; errors that its cut would falsify have a power of ten (7.775e-08).</summary>
    public override string ToString() =>
        $"Epoch: {Epoch} Training set error:{PythonFloat.Cut(TrainingError)} Training set accuracy:{PythonFloat.Format(TrainingAccuracy)}" +
        (TestError is double error && TestAccuracy is double accuracy
            ? $" Test set error:{PythonFloat.Cut(error)} Test set accuracy:{PythonFloat.Format(accuracy)}"
            : "");
}
