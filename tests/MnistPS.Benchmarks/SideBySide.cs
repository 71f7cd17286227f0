using System.Diagnostics;

namespace MnistPS.Benchmarks;

/// <summary>Two entrants of one thread each at the same time, without shared work: the most that a second thread of this machine can give.</summary>
internal sealed class SideBySide : Entrant
{
    private readonly Entrant _one;
    private readonly Entrant _other;

    public SideBySide(Entrant one, Entrant other)
    {
        _one = one;
        _other = other;
    }

    /// <inheritdoc/>
    public override string Name => $"2 × {_one.Name}, side by side";

    /// <inheritdoc/>
    public override int Threads => _one.Threads + _other.Threads;

    /// <inheritdoc/>
    public override double Run()
    {
        long start = Stopwatch.GetTimestamp();
        Thread thread = new(() => _other.Run());
        thread.Start();
        _one.Run();
        thread.Join();

        // Per unit of one entrant's work.
        return Stopwatch.GetElapsedTime(start).TotalSeconds / 2;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }
}
