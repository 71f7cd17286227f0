namespace MnistPS.Plots;

/// <summary>Sorts epochs by the run that they are of, as they come.</summary>
internal sealed class CurveRuns
{
    private readonly List<(string? Name, SortedDictionary<double, CurvePoint> Points)> _runs = [];

    /// <summary>Whether nothing has come.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Takes an epoch.</summary>
    /// <param name="name">The name of its run, or null. An epoch that the last run of that name has already begins another one.</param>
    /// <param name="point">The epoch.</param>
    public void Add(string? name, CurvePoint point)
    {
        int last = _runs.FindLastIndex(run => run.Name == name);
        if (last < 0 || !_runs[last].Points.TryAdd(point.Epoch, point))
        {
            _runs.Add((name, new SortedDictionary<double, CurvePoint> { [point.Epoch] = point }));
        }
    }

    /// <summary>The runs so far, in the order in which they began. Those without a name are numbered.</summary>
    public IReadOnlyList<CurveRun> ToList()
    {
        int number = 0;
        return [.. _runs.Select(run => new CurveRun(run.Name ?? $"Run {++number}", [.. run.Points.Values]))];
    }
}
