using System.Diagnostics;

namespace MnistPS.Benchmarks;

/// <summary>Two entrants of one thread each that do the same work at once and share nothing: what a second thread of this machine can give.</summary>
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

        // For as much work as one of them does.
        return Stopwatch.GetElapsedTime(start).TotalSeconds / 2;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }
}
