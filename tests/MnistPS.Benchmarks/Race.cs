namespace MnistPS.Benchmarks;

/// <summary>The entrants of a row, which do the same work in turn, round by round.</summary>
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

    /// <summary>The name of the work.</summary>
    public required string Work { get; init; }

    /// <summary>Additions and multiplications per run, without skipped ones (<see cref="Own.Operations"/>).</summary>
    public required double Operations { get; init; }

    /// <summary>Whether the project computes in double precision.</summary>
    public bool IsDouble { get; init; }

    /// <summary>The speed as text, by the seconds per run.</summary>
    public required Func<double, string> Speed { get; init; }

    /// <summary>The pairs to compare.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary><see cref="Machine.RoundTrip"/> in seconds at the beginning of each round. On a shared machine it changes within seconds.</summary>
    public IReadOnlyList<double> RoundTrips => _roundTrips;

    /// <summary><see cref="Machine.Limit"/> in GFLOP/s at the beginning of each round. It changes too.</summary>
    public IReadOnlyList<double> Limits => _limits;

    /// <summary>Warms up all entrants, and then runs them in turn.</summary>
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

/// <summary>The project against a peer, with the required ratio of their speeds, or null.</summary>
internal sealed record Comparison(Entrant Own, Entrant Peer, double? Goal)
{
    /// <summary>Whether the peer is the project with fewer threads.</summary>
    public bool IsOfThreads => Peer is QuarterEpoch;
}
