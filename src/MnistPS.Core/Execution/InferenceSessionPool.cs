using System.Runtime.CompilerServices;
using MnistPS.Networks;

namespace MnistPS.Execution;

/// <summary>
/// A pool of inference sessions. Creating one takes hundreds of times as long as classifying an image, so a caller with one image a call reuses one. A
/// network's sessions are garbage-collected with it. Of all networks together, the last few are kept.
/// </summary>
internal static class InferenceSessionPool
{
    /// <summary>Maximum of idle sessions, of all networks together. ForEach-Object -Parallel has five runspaces by default.</summary>
    public const int Limit = 8;

    private static readonly Lock _lock = new();

    // The idle sessions of each network, the longest idle first.
    private static readonly ConditionalWeakTable<MnistNetwork, List<InferenceSession>> _sessions = [];

    // The network of each idle session, the longest idle first.
    private static readonly List<WeakReference<MnistNetwork>> _networks = new(Limit + 1);

    /// <summary>Takes a session for a network's current state. No other caller has it until it is put back.</summary>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static InferenceSession Take(MnistNetwork network, CancellationToken cancellation)
    {
        NetworkState state = network.State;
        InferenceSession? session = null;
        lock (_lock)
        {
            if (_sessions.TryGetValue(network, out List<InferenceSession>? sessions) && sessions is [.., InferenceSession last])
            {
                session = last;
                sessions.RemoveAt(sessions.Count - 1);
                _networks.RemoveAt(_networks.FindLastIndex(other => other.TryGetTarget(out MnistNetwork? target) && target == network));
            }
        }

        return session?.TryLoad(state, cancellation) == true ? session : new InferenceSession(network.Definition, state, cancellation);
    }

    /// <summary>Puts a session back for the next call.</summary>
    public static void Put(MnistNetwork network, InferenceSession session)
    {
        lock (_lock)
        {
            _sessions.GetOrCreateValue(network).Add(session);
            _networks.RemoveAll(other => !other.TryGetTarget(out _));
            _networks.Add(new WeakReference<MnistNetwork>(network));
            if (_networks.Count > Limit)
            {
                if (_networks[0].TryGetTarget(out MnistNetwork? oldest))
                {
                    _sessions.GetOrCreateValue(oldest).RemoveAt(0);
                }

                _networks.RemoveAt(0);
            }
        }
    }

    /// <summary>The idle sessions of a network, the longest idle first.</summary>
    internal static IReadOnlyList<InferenceSession> Waiting(MnistNetwork network)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(network, out List<InferenceSession>? sessions) ? [.. sessions] : [];
        }
    }
}
