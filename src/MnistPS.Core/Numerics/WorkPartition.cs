using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>
/// The remaining iterations of a loop, by thread. Each takes from the front of its own share, half of the rest at a time, so that it gets the same
/// iterations loop after loop; a thread with an empty share takes from the back of another's.
/// </summary>
internal sealed class WorkPartition
{
    // Longs from one share to the next: a cache line has 64 bytes, and processors prefetch the adjacent one.
    private const int Distance = 16;

    // Smaller parts of a share than one in so many cost more in cache misses than they save in waiting.
    private const int Finest = 8;

    private readonly int _threads;
    private readonly long[] _remaining;
    private int _least;

    /// <summary>Creates empty shares.</summary>
    public WorkPartition(int threads)
    {
        _threads = threads;
        _remaining = new long[(threads + 1) * Distance];
    }

    /// <summary>Divides 0 to <paramref name="count"/> among the threads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int count)
    {
        _least = Math.Max(1, count / (_threads * Finest));
        for (int thread = 0; thread < _threads; thread++)
        {
            Volatile.Write(ref Remaining(thread), Pack((int)((long)count * thread / _threads), (int)((long)count * (thread + 1) / _threads)));
        }
    }

    /// <summary>Whether no iterations remain.</summary>
    public bool AreTaken
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            for (int thread = 0; thread < _threads; thread++)
            {
                long remaining = Volatile.Read(ref Remaining(thread));
                if ((int)(remaining >> 32) < (int)remaining)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Takes some of the remaining iterations for a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>False if none remain.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(int thread, out int from, out int to)
    {
        for (int i = 0; i < _threads; i++)
        {
            ref long remaining = ref Remaining((thread + i) % _threads);
            for (long seen = Volatile.Read(ref remaining); ;)
            {
                (int first, int end) = ((int)(seen >> 32), (int)seen);
                if (first >= end)
                {
                    break;
                }

                int taken = Math.Min(end - first, Math.Max((end - first + 1) / 2, _least));
                (from, to) = i == 0 ? (first, first + taken) : (end - taken, end);
                long rest = i == 0 ? Pack(to, end) : Pack(first, from);
                long found = Interlocked.CompareExchange(ref remaining, rest, seen);
                if (found == seen)
                {
                    return true;
                }

                seen = found;
            }
        }

        (from, to) = (0, 0);
        return false;
    }

    private static long Pack(int from, int to) => ((long)from << 32) | (uint)to;

    private ref long Remaining(int thread) => ref _remaining[(thread + 1) * Distance];
}
