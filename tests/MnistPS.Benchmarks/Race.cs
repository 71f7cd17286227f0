namespace MnistPS.Benchmarks;

/// <summary>The entrants of a row, who do the same work one after the other, round by round.</summary>
internal sealed class Race : IDisposable
{
    private readonly Entrant[] _entrants;
    private readonly List<double> _roundTrips = [];
    private readonly List<double> _limits = [];

    public Race(params Comparison[] comparisons)
    {
        Comparisons = comparisons;
        _entrants = [.. comparisons.SelectMany(comparison => new[] { comparison.Own, comparison.Peer }).Distinct()];
    }

    /// <summary>What the work is.</summary>
    public required string Work { get; init; }

    /// <summary>Additions and multiplications of a run, without those that are passed over (<see cref="Own.Operations"/>).</summary>
    public required double Operations { get; init; }

    /// <summary>Whether the project computes in double precision.</summary>
    public bool IsDouble { get; init; }

    /// <summary>How fast someone is who takes so many seconds a run.</summary>
    public required Func<double, string> Speed { get; init; }

    /// <summary>Who is compared with whom.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>The seconds of <see cref="Machine.RoundTrip"/> as each round began: on a shared machine that changes within seconds.</summary>
    public IReadOnlyList<double> RoundTrips => _roundTrips;

    /// <summary>The GFLOP/s of <see cref="Machine.Limit"/> as each round began, which changes too.</summary>
    public IReadOnlyList<double> Limits => _limits;

    /// <summary>Lets everyone warm up, and then run in turn.</summary>
    public void Run(int rounds)
    {
        Entrant[] present = [.. _entrants.Where(entrant => entrant.Absence is null)];
        foreach (Entrant entrant in present)
        {
            entrant.Run();
        }

        for (int round = 0; round < rounds; round++)
        {
            _roundTrips.Add(Machine.RoundTrip());
            _limits.Add(IsDouble ? Machine.Limit<double>() : Machine.Limit<float>());
            foreach (Entrant entrant in present)
            {
                entrant.TakeRound();
            }
        }

        if (present.Select(entrant => entrant.Outcome).OfType<string>().Distinct().Count() > 1)
        {
            throw new InvalidOperationException($"{Work}: the entrants did not come to the same outcome, so their times cannot be compared.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Entrant entrant in _entrants)
        {
            entrant.Dispose();
        }
    }
}
