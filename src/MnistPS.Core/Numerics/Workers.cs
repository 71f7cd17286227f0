using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MnistPS.Numerics;

/// <summary>
/// Threads that share loops. Results do not depend on which thread does which part, since no two parts write to the same place. Nothing is allocated per
/// loop.
/// </summary>
internal sealed class Workers : IDisposable
{
    /// <summary>Work, in multiplications or the like, below which waking a thread costs more than it saves.</summary>
    private const long SharingPays = 200_000;

    // A few milliseconds: the next loop of a batch or the next test comes sooner, and an idle worker should not burn a core. Not shorter: a core that is
    // yielded, even briefly, may not come back for the time of dozens of loops.
    private const int SpinsBeforeSleep = 100_000;

    private readonly Thread?[] _threads;
    private readonly object _wake = new();
    private readonly Loop _loop = new();
    private readonly WorkPartition _shares;
    private int _sleeping;
    private volatile bool _disposed;
    private volatile Exception? _failure;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">Threads, the calling one included; 1 or more.</param>
    /// <exception cref="MnistException">The system starts no more threads (<c>TooManyThreads</c>).</exception>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _shares = new WorkPartition(count);
        _threads = new Thread?[count - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int number = i + 1;
            Thread thread = new(() => Work(number)) { IsBackground = true, Name = "MnistPS worker" };
            try
            {
                thread.Start();
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
            {
                Dispose();
                throw new MnistException("TooManyThreads", Fault.InvalidArgument,
                    $"The system has room for {number} of {count} threads. Train with a smaller -ThrottleLimit, or end what else is running.", count, e);
            }

            _threads[i] = thread;
        }
    }

    /// <summary>The calling thread alone.</summary>
    public static Workers Alone { get; } = new(1);

    /// <summary>Threads, the calling one included.</summary>
    public int Count { get; }

    /// <summary>
    /// Calls the body for parts that make up 0 to <paramref name="count"/>, and returns when all are done. While another loop runs, the calling thread
    /// does all of it.
    /// </summary>
    /// <param name="count">Length of the loop.</param>
    /// <param name="work">Total work, in multiplications; little work stays on the calling thread.</param>
    /// <param name="body">Does a part, from its first argument up to its second, exclusive.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void For(int count, long work, Action<int, int> body)
    {
        if (count < 2 || Count == 1 || work < SharingPays || IsUnderWay)
        {
            body(0, count);
            return;
        }

        Start(count, body);
        Finish();
    }

    /// <summary>Starts a loop on the other threads while the calling one does something else. No other may start until it is finished.</summary>
    /// <param name="count">Length of the loop.</param>
    /// <param name="body">Does a part, from its first argument up to its second, exclusive.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Start(int count, Action<int, int> body)
    {
        IsUnderWay = true;
        _failure = null;
        _loop.Body = body;
        _shares.Fill(count);
        Interlocked.Increment(ref _loop.Round);

        // No more than there are parts: a thread woken for nothing burns a core until it sleeps again.
        int awake = _threads.Length - Volatile.Read(ref _sleeping);
        Wake(Math.Min(count, _threads.Length) - awake);
    }

    /// <summary>Whether a loop is started and not finished.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Whether all of a loop is done.</summary>
    public bool IsFinished
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get => _shares.AreTaken && Volatile.Read(ref _loop.Active) == 0;
    }

    /// <summary>Does the remaining parts of a loop, and returns when all are done.</summary>
    /// <exception cref="Exception">Thrown by a part; of several, one of them.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish()
    {
        Take(0);

        // Parts that other threads have taken must end before the buffers are used again.
        for (int spins = 0; Volatile.Read(ref _loop.Active) > 0; spins++)
        {
            if (spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(1);
            }
            else
            {
                // Another process may have the other core; a worker could use this one.
                Thread.Yield();
            }
        }

        IsUnderWay = false;
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _disposed = true;
        Wake(_threads.Length);
        foreach (Thread? thread in _threads)
        {
            thread?.Join();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Work(int thread)
    {
        int seen = 0;
        int spins = 0;
        while (WaitForRound(ref seen, ref spins))
        {
            // Counted before anything is taken. A thread too late for one loop finds nothing, or joins the next.
            Interlocked.Increment(ref _loop.Active);
            bool hasTaken = Take(thread);
            Interlocked.Decrement(ref _loop.Active);

            // A thread that finds nothing in many loops, since there are fewer parts than threads, goes to sleep.
            spins = hasTaken ? 0 : spins;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Take(int thread)
    {
        bool hasTaken = false;
        while (_shares.TryTake(thread, out int from, out int to))
        {
            hasTaken = true;
            try
            {
                _loop.Body!(from, to);
            }
            catch (Exception e)
            {
                _failure = e;
            }
        }

        return hasTaken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool WaitForRound(ref int seen, ref int spins)
    {
        while (Volatile.Read(ref _loop.Round) == seen)
        {
            if (_disposed)
            {
                return false;
            }

            if (++spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(1);
                continue;
            }

            // A round is published before sleepers are counted, so that no thread sleeps through it.
            lock (_wake)
            {
                Interlocked.Increment(ref _sleeping);
                while (Volatile.Read(ref _loop.Round) == seen && !_disposed)
                {
                    Monitor.Wait(_wake);
                }

                Interlocked.Decrement(ref _sleeping);
            }

            spins = 0;
        }

        seen = _loop.Round;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Wake(int count)
    {
        if (count > 0)
        {
            lock (_wake)
            {
                for (int i = 0; i < count; i++)
                {
                    Monitor.Pulse(_wake);
                }
            }
        }
    }

    /// <summary>
    /// The current loop. Fields that threads poll are kept apart from the others to avoid false sharing: processors exchange 64 bytes at a time, and
    /// prefetch the adjacent ones.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private sealed class Loop
    {
        /// <summary>Incremented by each loop.</summary>
        [FieldOffset(128)]
        public int Round;

        /// <summary>Threads that may have taken a part, without the calling one.</summary>
        [FieldOffset(256)]
        public int Active;

        /// <summary>The loop's body.</summary>
        [FieldOffset(384)]
        public Action<int, int>? Body;
    }
}
