namespace MnistPS.Benchmarks;

/// <summary>The project against a peer, with the required ratio of their speeds, or null.</summary>
internal sealed record Comparison(Entrant Own, Entrant Peer, double? Goal)
{
    /// <summary>Whether the peer is the project with fewer threads.</summary>
    public bool IsOfThreads => Peer is QuarterEpoch;
}
