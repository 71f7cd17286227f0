namespace MnistPS.Networks;

/// <summary>
/// Readers between two calls. To make one takes hundreds of times as long as to read an image, so that who reads one image a call should find it ready.
/// A network keeps its own, and so they go when it goes; of all networks together only the last few are kept.
/// </summary>
internal static class InferenceSessionPool
{
    /// <summary>The most that wait, of all networks together: more than the runspaces that -Parallel has at once by default, which is five.</summary>
    public const int Limit = 8;

    private static readonly Lock _lock = new();

    // A network for each of its readers that waits, the longest idle first. None is kept alive by it.
    private static readonly List<WeakReference<MnistNetwork>> _networks = new(Limit + 1);

    /// <summary>A reader of a network as it is now, which nobody else has until it is put back.</summary>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static InferenceSession Take(MnistNetwork network, CancellationToken cancellation)
    {
        NetworkState state = network.State;
        InferenceSession? reader = null;
        lock (_lock)
        {
            if (network.InferenceSessionPool is [.., InferenceSession last])
            {
                reader = last;
                network.InferenceSessionPool.RemoveAt(network.InferenceSessionPool.Count - 1);
                _networks.RemoveAt(_networks.FindLastIndex(other => other.TryGetTarget(out MnistNetwork? target) && target == network));
            }
        }

        return reader?.TryLoad(state, cancellation) == true ? reader : new InferenceSession(network.Definition, state, cancellation);
    }

    /// <summary>Lets a reader wait for the next call.</summary>
    public static void Put(MnistNetwork network, InferenceSession reader)
    {
        lock (_lock)
        {
            network.InferenceSessionPool.Add(reader);
            _networks.RemoveAll(other => !other.TryGetTarget(out _));
            _networks.Add(new WeakReference<MnistNetwork>(network));
            if (_networks.Count > Limit)
            {
                if (_networks[0].TryGetTarget(out MnistNetwork? oldest))
                {
                    oldest.InferenceSessionPool.RemoveAt(0);
                }

                _networks.RemoveAt(0);
            }
        }
    }
}
