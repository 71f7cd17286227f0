using System.Diagnostics;

namespace MnistPS.Fuzz;

/// <summary>Feeds inputs to a target, and checks its limits.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);
    private const long MostBytes = 1L << 30;

    /// <summary>Inputs that were read.</summary>
    public int Accepted { get; private set; }

    /// <summary>Inputs that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Reads mutations of the corpus for a time. A failing input is saved in the folder for temporary files, and named.</summary>
    public void Run(IReadOnlyList<byte[]> corpus, TimeSpan time)
    {
        Random random = new(seed);
        Mutator mutator = new(random);
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            byte[] input = mutator.Mutate(corpus[random.Next(corpus.Count)], corpus[random.Next(corpus.Count)]);
            Try(random.Next(4) == 0 ? input : target.Repair(input));
        }
    }

    /// <summary>Reads an input.</summary>
    public void Try(byte[] input)
    {
        long before = GC.GetTotalAllocatedBytes();

        // The time of the processor, since other processes do not make an input slow. One target is run at a time.
        TimeSpan start = Environment.CpuUsage.TotalTime;
        try
        {
            if (target.Read(input))
            {
                Accepted++;
            }
            else
            {
                Refused++;
            }
        }
        catch (MnistException)
        {
            Refused++;
        }
        catch (Exception e)
        {
            throw Failure(input, e.ToString());
        }

        long bytes = GC.GetTotalAllocatedBytes() - before;
        TimeSpan taken = Environment.CpuUsage.TotalTime - start;
        if (taken > _longest || bytes > MostBytes)
        {
            throw Failure(input, FormattableString.Invariant($"It took {taken.TotalSeconds:F1} s of the processor and {bytes:N0} bytes; {_longest.TotalSeconds} s and {MostBytes:N0} bytes are the most."));
        }
    }

    private InvalidOperationException Failure(byte[] input, string what)
    {
        string path = Path.Combine(Path.GetTempPath(), $"mnistps-{target.Name}-{Guid.NewGuid():N}");
        File.WriteAllBytes(path, input);
        return new InvalidOperationException($"{target.Name}, seed {seed}, after {Accepted} inputs read and {Refused} refused: the input in '{path}' is not held. {what}");
    }
}
