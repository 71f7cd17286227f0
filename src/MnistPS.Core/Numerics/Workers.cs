namespace MnistPS.Numerics;

/// <summary>
/// Threads that share loops. A loop is cut into one contiguous part a thread; whatever the number of threads, the numbers come out the
/// same, since no body may add into a place that another part adds into. Nothing is allocated a loop.
/// </summary>
internal sealed class Workers : IDisposable
{
    /// <summary>Work, in multiplications or the like, below which waking another thread costs more than it saves.</summary>
    private const long SharingPays = 100_000;

    // About 50 µs: the next loop of a batch comes sooner than that, and a worker between two trainings should not burn a core.
    private const int SpinsBeforeSleep = 2_000;

    private readonly Thread[] _threads;
    private readonly object _wake = new();
    private Action<int, int>? _body;
    private int _count;
    private int _parts;
    private volatile int _round;
    private int _sleeping;
    private int _pending;
    private volatile bool _disposed;
    private volatile Exception? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="count">Threads, the calling one included; 1 or more.</param>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _threads = new Thread[count - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int part = i + 1;
            _threads[i] = new Thread(() => Work(part)) { IsBackground = true, Name = "MnistPS worker" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads, the calling one included.</summary>
    public int Count { get; }

    /// <summary>Whether so much work is worth more than one thread.</summary>
    public bool Shares(long work) => Count > 1 && work >= SharingPays;

    /// <summary>Calls the body for parts that together make up 0 to <paramref name="count"/>, and returns when all are done.</summary>
    /// <param name="count">Length of the loop.</param>
    /// <param name="work">How much there is to do in all; little work stays on the calling thread.</param>
    /// <param name="body">Does a part, from its first argument up to (not with) its second.</param>
    public void For(int count, long work, Action<int, int> body)
    {
        if (count < 2 || !Shares(work))
        {
            body(0, count);
            return;
        }

        _body = body;
        _count = count;
        _parts = Math.Min(Count, count);
        _failure = null;
        Volatile.Write(ref _pending, _threads.Length);
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            WakeAll();
        }

        Exception? failure = null;
        try
        {
            Part(0);
        }
        catch (Exception e)
        {
            // The others must be done before anyone may use the buffers again.
            failure = e;
        }

        SpinWait spin = default;
        while (Volatile.Read(ref _pending) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        failure ??= _failure;
        if (failure is not null)
        {
            throw new AggregateException(failure);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _disposed = true;
        WakeAll();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work(int part)
    {
        int seen = 0;
        while (WaitForRound(ref seen))
        {
            try
            {
                Part(part);
            }
            catch (Exception e)
            {
                _failure = e;
            }

            Interlocked.Decrement(ref _pending);
        }
    }

    private bool WaitForRound(ref int seen)
    {
        int spins = 0;
        while (_round == seen)
        {
            if (_disposed)
            {
                return false;
            }

            if (++spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(8);
                continue;
            }

            // Whoever starts a round makes it known before he looks for sleepers, so that none goes to sleep over it.
            lock (_wake)
            {
                Interlocked.Increment(ref _sleeping);
                while (_round == seen && !_disposed)
                {
                    Monitor.Wait(_wake);
                }

                Interlocked.Decrement(ref _sleeping);
            }
        }

        seen = _round;
        return true;
    }

    private void WakeAll()
    {
        lock (_wake)
        {
            Monitor.PulseAll(_wake);
        }
    }

    private void Part(int part)
    {
        if (part < _parts)
        {
            int from = (int)((long)_count * part / _parts);
            int to = (int)((long)_count * (part + 1) / _parts);
            _body!(from, to);
        }
    }
}
