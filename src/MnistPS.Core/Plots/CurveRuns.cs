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
