namespace MnistPS.Plots;

/// <summary>Groups epochs by run in the order in which they arrive.</summary>
internal sealed class CurveRuns
{
    private readonly List<(string? Name, SortedDictionary<double, CurvePoint> Points)> _runs = [];

    /// <summary>Whether there is no epoch.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Adds an epoch.</summary>
    /// <param name="name">The name of its run, or null. An epoch that the last run of that name already has begins another run.</param>
    /// <param name="point">The epoch.</param>
    public void Add(string? name, CurvePoint point)
    {
        int last = _runs.FindLastIndex(run => run.Name == name);
        if (last < 0 || !_runs[last].Points.TryAdd(point.Epoch, point))
        {
            _runs.Add((name, new SortedDictionary<double, CurvePoint> { [point.Epoch] = point }));
        }
    }

    /// <summary>The runs so far, in the order in which they began. Runs without a name are numbered.</summary>
    public IReadOnlyList<CurveRun> ToList()
    {
        int number = 0;
        return [.. _runs.Select(run => new CurveRun(run.Name ?? $"Run {++number}", [.. run.Points.Values]))];
    }
}

/// <summary>A training, epoch by epoch.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">Its epochs, ascending.</param>
internal sealed record CurveRun(string Name, IReadOnlyList<CurvePoint> Points);

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
