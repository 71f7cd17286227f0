using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MnistPS.Numerics;

/// <summary>
/// Threads that share loops. Whichever thread does which part of a loop, the numbers come out the same, since no body may add into a place
/// that another part adds into. Nothing is allocated a loop.
/// </summary>
internal sealed class Workers : IDisposable
{
    /// <summary>Work, in multiplications or the like, below which waking another thread costs more than it saves.</summary>
    private const long SharingPays = 200_000;

    // A few milliseconds: the next loop of a batch or the next test comes sooner, and a worker between two trainings should not burn a core.
    // Nor may it be shorter: what gives a core away, if only for a moment, may not get it back for a time in which dozens of loops could be done.
    private const int SpinsBeforeSleep = 100_000;

    private readonly Thread?[] _threads;
    private readonly object _wake = new();
    private readonly Loop _loop = new();
    private readonly WorkPartition _shares;
    private int _sleeping;
    private volatile bool _disposed;
    private volatile Exception? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="count">Threads, the calling one included; 1 or more.</param>
    /// <exception cref="MnistException">The system starts no more (<c>TooManyThreads</c>).</exception>
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
    /// Calls the body for parts that together make up 0 to <paramref name="count"/>, and returns when all are done. While another loop is under
    /// way, the calling thread does all of it.
    /// </summary>
    /// <param name="count">Length of the loop.</param>
    /// <param name="work">How much there is to do in all; little work stays on the calling thread.</param>
    /// <param name="body">Does a part, from its first argument up to (not with) its second.</param>
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

    /// <summary>Begins a loop that the other threads do while the calling one does something else; until it is finished, no other may be started.</summary>
    /// <param name="count">Length of the loop.</param>
    /// <param name="body">Does a part, from its first argument up to (not with) its second.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Start(int count, Action<int, int> body)
    {
        IsUnderWay = true;
        _failure = null;
        _loop.Body = body;
        _shares.Fill(count);
        Interlocked.Increment(ref _loop.Round);

        // No more than there are parts: whoever is woken for nothing burns a core until he sleeps again.
        int awake = _threads.Length - Volatile.Read(ref _sleeping);
        Wake(Math.Min(count, _threads.Length) - awake);
    }

    /// <summary>Whether a loop was begun and is not finished.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Whether all of a loop is done.</summary>
    public bool IsFinished
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get => _shares.AreTaken && Volatile.Read(ref _loop.Active) == 0;
    }

    /// <summary>Does what nobody has begun yet of a loop, and returns when all is done.</summary>
    /// <exception cref="Exception">What a part has thrown; of several, one of them.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish()
    {
        Take(0);

        // Nothing is left to take; who has taken something must be done with it before anyone may use the buffers again.
        for (int spins = 0; Volatile.Read(ref _loop.Active) > 0; spins++)
        {
            if (spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(1);
            }
            else
            {
                // Someone else has the other core; perhaps a worker could have this one.
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
            // Made known before anything is taken. Who comes too late for one loop finds nothing, or takes part in the next.
            Interlocked.Increment(ref _loop.Active);
            bool hasTaken = Take(thread);
            Interlocked.Decrement(ref _loop.Active);

            // Who finds nothing in loop after loop, since there are fewer parts than threads, goes to sleep in the end.
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

            // Whoever starts a round makes it known before he looks for sleepers, so that none goes to sleep over it.
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
    /// The loop under way. What threads wait for lies apart from everything else, lest each look at it takes the rest from whoever works with
    /// that: processors exchange 64 bytes at a time, and fetch as many beside them.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private sealed class Loop
    {
        /// <summary>Grows by one with each loop.</summary>
        [FieldOffset(128)]
        public int Round;

        /// <summary>Threads that may have taken something of it, beside the calling one.</summary>
        [FieldOffset(256)]
        public int Active;

        /// <summary>Does a part of it.</summary>
        [FieldOffset(384)]
        public Action<int, int>? Body;
    }
}
