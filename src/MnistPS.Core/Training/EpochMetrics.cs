using System.Globalization;

namespace MnistPS;

/// <summary>How an epoch went. Errors are means an image; accuracies are shares from 0 to 1.</summary>
public sealed record EpochMetrics
{
    /// <summary>The epoch, from 0; it goes on when a network is trained again.</summary>
    public required int Epoch { get; init; }

    /// <summary>The loss as met during training, before each image's step.</summary>
    public required double TrainingError { get; init; }

    /// <summary>The share of training images that were read right during training.</summary>
    public required double TrainingAccuracy { get; init; }

    /// <summary>The loss on the validation images after the epoch, or null without any.</summary>
    public double? ValidationError { get; init; }

    /// <summary>The share of validation images read right after the epoch, or null without any.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The loss on the test images after the epoch.</summary>
    public required double TestError { get; init; }

    /// <summary>The share of test images read right after the epoch.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Time that the training has taken, from its beginning; what the caller does between two epochs is not counted.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Training images a second, tests not counted.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>
    /// An error as the tables show it, in the current culture: cut to three decimals and not rounded, as in the document, so that a table and its lines
    /// agree in every digit. From 100 000 on, where a training diverges, a power of ten.
    /// </summary>
    public static string Cut(double error)
        => Math.Abs(error) < 1e5 ? $"{decimal.Truncate(1000 * Digits(error)) / 1000:F3}" : $"{error:0.00E+0}";

    /// <summary>The line that the document prints, character by character.</summary>
    public override string ToString() =>
        $"Epoch: {Epoch} Training set error:{PythonFloat.Cut(TrainingError, 5)} Training set accuracy:{PythonFloat.Format(TrainingAccuracy)}" +
        $" Test set error:{PythonFloat.Cut(TestError, 5)} Test set accuracy:{PythonFloat.Format(TestAccuracy)}";

    // All digits; a conversion would round to fifteen.
    private static decimal Digits(double number)
        => decimal.Parse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
