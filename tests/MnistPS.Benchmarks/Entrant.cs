namespace MnistPS.Benchmarks;

/// <summary>Someone who does a row's work: the project itself or a peer.</summary>
internal abstract class Entrant : IDisposable
{
    // Shorter work is repeated within a round, so that the clock and the machine's hiccups count for less.
    private const double ShortestRound = 0.5;

    private readonly List<double> _seconds = [];

    /// <summary>Who it is, with the version.</summary>
    public abstract string Name { get; }

    /// <summary>Threads that it uses.</summary>
    public abstract int Threads { get; }

    /// <summary>Why it cannot take part, or null if it can.</summary>
    public virtual string? Absence => null;

    /// <summary>What came out of the last run, where that can be compared with what came out of others, or null.</summary>
    public string? Outcome { get; protected set; }

    /// <summary>The seconds of a run, for each round.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>Does the work once.</summary>
    /// <returns>The seconds that it took.</returns>
    public abstract double Run();

    /// <summary>Takes part in a round.</summary>
    public void TakeRound()
    {
        double total = 0;
        int runs = 0;
        do
        {
            total += Run();
            runs++;
        }
        while (total < ShortestRound);

        _seconds.Add(total / runs);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
