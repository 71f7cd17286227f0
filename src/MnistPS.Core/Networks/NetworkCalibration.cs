namespace MnistPS.Networks;

/// <summary>
/// What makes the confidence of a network mean what it says: a temperature (Guo et al., arXiv:1706.04599) for its outputs, and what digits look like, so
/// that it is not sure of what is none. Both are fitted once training is over (<see cref="Training.Calibrator"/>).
/// </summary>
/// <param name="Temperature">What outputs are divided by before they become probabilities.</param>
/// <param name="Tail">
/// The largest residuals of digits that were not trained on: those that no digit, a twentieth of a percent of them, two twentieths … up to one percent
/// of them exceed, (21), falling.
/// </param>
/// <param name="Forms">The forms of the digits.</param>
internal sealed record NetworkCalibration(double Temperature, double[] Tail, DigitForms Forms)
{
    /// <summary>Residuals in the tail.</summary>
    public const int TailCount = 21;

    /// <summary>The share of digits in the tail.</summary>
    public const double TailShare = 0.01;

    /// <summary>
    /// How much an image looks like a digit: the share of digits that look less like theirs, as a share of one percent, at most 1. So it is 1 for 99 of
    /// 100 digits, and 0 for what looks like a digit less than any of them.
    /// </summary>
    /// <param name="numbers">The image from 0 (paper) to 1 (ink), (28, 28).</param>
    /// <param name="digit">The digit that it is held to be.</param>
    public double Likeness(ReadOnlySpan<float> numbers, int digit)
    {
        double residual = Forms.Residual(numbers, digit);
        int i = 0;
        while (i < Tail.Length && Tail[i] > residual)
        {
            i++;
        }

        // Between two of them in proportion.
        double place = i == 0 ? 0 : i == Tail.Length ? i - 1 : i - ((residual - Tail[i]) / (Tail[i - 1] - Tail[i]));
        return place / (Tail.Length - 1);
    }
}
