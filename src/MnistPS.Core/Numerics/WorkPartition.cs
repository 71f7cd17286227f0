using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>
/// What is left to do of a loop, by thread. Each takes from the front of its own share, half of what is left at a time, so that it meets the
/// same numbers loop after loop; who has nothing left takes from the back of another's, so that none waits for a slower one.
/// </summary>
internal sealed class WorkPartition
{
    // Numbers of 64 bits from one share to the next: processors exchange 64 bytes at a time, and fetch as many beside them.
    private const int Distance = 16;

    // Smaller pieces of a share than one in so many cost more in what each must fetch anew than they save in waiting.
    private const int Finest = 8;

    private readonly int _threads;
    private readonly long[] _left;
    private int _least;

    /// <summary>Empty shares.</summary>
    public WorkPartition(int threads)
    {
        _threads = threads;
        _left = new long[(threads + 1) * Distance];
    }

    /// <summary>WorkPartition 0 to <paramref name="count"/> out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int count)
    {
        _least = Math.Max(1, count / (_threads * Finest));
        for (int thread = 0; thread < _threads; thread++)
        {
            Volatile.Write(ref Left(thread), Pack((int)((long)count * thread / _threads), (int)((long)count * (thread + 1) / _threads)));
        }
    }

    /// <summary>Whether nothing is left.</summary>
    public bool AreTaken
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            for (int thread = 0; thread < _threads; thread++)
            {
                long left = Volatile.Read(ref Left(thread));
                if ((int)(left >> 32) < (int)left)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Takes some of what is left for a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>False if nothing is left for anyone.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(int thread, out int from, out int to)
    {
        for (int i = 0; i < _threads; i++)
        {
            ref long left = ref Left((thread + i) % _threads);
            for (long seen = Volatile.Read(ref left); ;)
            {
                (int first, int end) = ((int)(seen >> 32), (int)seen);
                if (first >= end)
                {
                    break;
                }

                int taken = Math.Min(end - first, Math.Max((end - first + 1) / 2, _least));
                (from, to) = i == 0 ? (first, first + taken) : (end - taken, end);
                long rest = i == 0 ? Pack(to, end) : Pack(first, from);
                long found = Interlocked.CompareExchange(ref left, rest, seen);
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

    private ref long Left(int thread) => ref _left[(thread + 1) * Distance];
}
