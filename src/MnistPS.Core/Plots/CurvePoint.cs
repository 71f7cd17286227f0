namespace MnistPS.Plots;

/// <summary>What a plot wants to know of an epoch. A number that is not known is null.</summary>
internal sealed record CurvePoint(
    double Epoch,
    double? TrainingError,
    double? TrainingAccuracy,
    double? ValidationError,
    double? ValidationAccuracy,
    double? TestError,
    double? TestAccuracy)
{
    /// <summary>That of an epoch's metrics.</summary>
    public static CurvePoint Of(EpochMetrics metrics) => new(
        metrics.Epoch, metrics.TrainingError, metrics.TrainingAccuracy, metrics.ValidationError, metrics.ValidationAccuracy, metrics.TestError, metrics.TestAccuracy);

    /// <summary>That of a row: of a CSV, or an object's properties, named as those of <see cref="EpochMetrics"/>.</summary>
    /// <param name="value">The value of a column, or null where it has none.</param>
    /// <returns>Null if it is no row of metrics: without an epoch, or without any error or accuracy.</returns>
    /// <exception cref="FormatException">A value is no number; its message says which.</exception>
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
