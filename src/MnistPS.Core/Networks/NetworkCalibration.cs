namespace MnistPS.Networks;

/// <summary>
/// The calibration of a network's confidence: a temperature (Guo et al., arXiv:1706.04599) for its outputs, and the forms of digits, to lower the
/// confidence for images that are no digits. Both are fitted after the training (<see cref="Training.Calibrator"/>).
/// </summary>
/// <param name="Temperature">The divisor of the outputs before they become probabilities.</param>
/// <param name="Tail">
/// The largest residuals of validation images, (21), in descending order: those that 0, 1, 2 … 20 twentieths of a percent of the images
/// exceed.
/// </param>
/// <param name="Forms">The forms of the digits.</param>
internal sealed record NetworkCalibration(double Temperature, double[] Tail, DigitForms Forms)
{
    /// <summary>The number of residuals in the tail.</summary>
    public const int TailCount = 21;

    /// <summary>The share of validation images in the tail.</summary>
    public const double TailShare = 0.01;

    /// <summary>The least number of validation images: one of them is in the tail.</summary>
    public const int LeastImages = (int)(1 / TailShare);

    /// <summary>
    /// The likeness of an image to a digit: the share of validation images with a larger residual, divided by one percent, at most 1. It is 1 for 99 of
    /// 100 digits, and 0 for an image with a larger residual than all of them.
    /// </summary>
    /// <param name="numbers">The image from 0 (paper) to 1 (ink), (28, 28).</param>
    /// <param name="digit">The predicted digit.</param>
    public double Likeness(ReadOnlySpan<float> numbers, int digit)
    {
        double residual = Forms.Residual(numbers, digit);
        int i = 0;
        while (i < Tail.Length && Tail[i] > residual)
        {
            i++;
        }

        // Linear interpolation between two residuals.
        double place = i == 0 ? 0 : i == Tail.Length ? i - 1 : i - ((residual - Tail[i]) / (Tail[i - 1] - Tail[i]));
        return place / (Tail.Length - 1);
    }
}
