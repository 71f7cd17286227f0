namespace MnistPS.Benchmarks;

/// <summary>One side of a row: the project or a peer.</summary>
internal abstract class Entrant : IDisposable
{
    // Seconds. Shorter work is repeated within a round, which averages the noise of clock and machine.
    private const double ShortestRound = 0.5;

    private readonly List<double> _seconds = [];

    /// <summary>The name with the version.</summary>
    public abstract string Name { get; }

    /// <summary>The number of threads.</summary>
    public abstract int Threads { get; }

    /// <summary>The reason why it cannot run, or null.</summary>
    public virtual string? Absence => null;

    /// <summary>The result of the last run, where results are comparable, or null.</summary>
    public string? Outcome { get; protected set; }

    /// <summary>The seconds per run in each round.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>Does the work once.</summary>
    /// <returns>The elapsed seconds.</returns>
    public abstract double Run();

    /// <summary>Runs a round.</summary>
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
