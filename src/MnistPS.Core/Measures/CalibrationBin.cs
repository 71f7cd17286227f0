namespace MnistPS;

/// <summary>Predictions of about the same confidence.</summary>
/// <param name="From">The confidence above which they are.</param>
/// <param name="To">The confidence up to which they are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Confidence">Their mean confidence, or 0 if there is none.</param>
/// <param name="Accuracy">The share of them that is right, or 0 if there is none.</param>
internal sealed record CalibrationBin(double From, double To, int Count, double Confidence, double Accuracy);
