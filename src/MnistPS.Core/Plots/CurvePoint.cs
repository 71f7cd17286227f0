namespace MnistPS.Plots;

/// <summary>The metrics of an epoch that a plot shows. An unknown one is null.</summary>
internal sealed record CurvePoint(
    double Epoch,
    double? TrainingError,
    double? TrainingAccuracy,
    double? ValidationError,
    double? ValidationAccuracy,
    double? TestError,
    double? TestAccuracy)
{
    /// <summary>Creates a point of an epoch's metrics.</summary>
    public static CurvePoint Of(EpochMetrics metrics) => new(
        metrics.Epoch, metrics.TrainingError, metrics.TrainingAccuracy, metrics.ValidationError, metrics.ValidationAccuracy, metrics.TestError, metrics.TestAccuracy);

    /// <summary>Creates a point of a CSV row or an object's properties, named as those of <see cref="EpochMetrics"/>.</summary>
    /// <param name="value">The value of a column, or null.</param>
    /// <returns>Null if it has no epoch, or no error and no accuracy.</returns>
    /// <exception cref="FormatException">A value is no number; the message names it.</exception>
    public static CurvePoint? Of(Func<string, object?> value)
    {
        double? Number(string name)
        {
            object? found = value(name);
            return CsvNumber.TryParse(found, out double? number)
                ? number
                : throw new FormatException($"{name} is '{found}'; a number was expected.");
        }

        if (Number(nameof(Epoch)) is not double epoch || !double.IsFinite(epoch))
        {
            return null;
        }

        CurvePoint point = new(
            epoch, Number(nameof(TrainingError)), Number(nameof(TrainingAccuracy)), Number(nameof(ValidationError)), Number(nameof(ValidationAccuracy)),
            Number(nameof(TestError)), Number(nameof(TestAccuracy)));
        return point == new CurvePoint(epoch, null, null, null, null, null, null) ? null : point;
    }
}
