namespace MnistPS.Benchmarks;

/// <summary>The project against a peer, and how many times faster it ought to be; null if nothing is asked.</summary>
internal sealed record Comparison(Entrant Own, Entrant Peer, double? Goal)
{
    /// <summary>Whether the peer is the project too, with fewer threads.</summary>
    public bool IsOfThreads => Peer is QuarterEpoch;
}
