using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using MnistPS.Numerics;

namespace MnistPS.Benchmarks;

/// <summary>The machine.</summary>
internal static class Machine
{
    /// <summary>The processor, the registers in use, and the versions.</summary>
    public static string Describe(string dataName) => FormattableString.Invariant($"""
        Processor: {Processor()}, {Environment.ProcessorCount} threads, registers of {Kernels<float>.Best.RegisterBits} bits.
        {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}.
        Images: {dataName}.
        """);

    /// <summary>The peak GFLOP/s of a core: the micro-kernel on operands in the L1 cache.</summary>
    public static unsafe double Limit<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // 4 registers across and 64 rows of B: 16 KiB with registers of 512 bits; A and C take 12 together.
        const int Rows = 24;
        const int Depth = 64;
        const int Repeats = 2000;
        const int Trials = 50;
        int columns = 4 * Kernels<T>.Best.RegisterBits / 8 / sizeof(T);
        Buffer<T> a = new(Rows * Depth);
        Buffer<T> b = new(Depth * columns);
        Buffer<T> c = new(Rows * columns);
        Buffer<int> rows = new(Rows);
        for (int i = 0; i < Rows; i++)
        {
            rows.Pointer[i] = i * Depth;
        }

        int zero = 0;
        Operand<T> operand = new()
        {
            Origin = a.Pointer, Rows = rows.Pointer, Segments = &zero, SegmentCount = 1, SegmentLength = Depth, Step = 1,
        };
        double best = double.PositiveInfinity;
        for (int trial = 0; trial < Trials; trial++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repeats; i++)
            {
                Kernels<T>.Best.Multiply(operand, Rows, b.Pointer, columns, columns, c.Pointer, columns, null, 0);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        GC.KeepAlive((a, b, c, rows));
        return 2.0 * Rows * Depth * columns * Repeats / best / 1e9;
    }

    /// <summary>The seconds of a round trip of a word between two threads: the latency between their cores.</summary>
    public static double RoundTrip()
    {
        const int Words = 100_000;

        // On different cache lines.
        const int Distance = 64;
        int[] words = new int[3 * Distance];
        Thread other = new(() =>
        {
            for (int word = 1; word <= Words; word++)
            {
                WaitFor(Distance, word);
                Volatile.Write(ref words[2 * Distance], word);
            }
        });
        other.Start();
        long start = Stopwatch.GetTimestamp();
        for (int word = 1; word <= Words; word++)
        {
            Volatile.Write(ref words[Distance], word);
            WaitFor(2 * Distance, word);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        other.Join();
        return seconds / Words;

        void WaitFor(int place, int word)
        {
            while (Volatile.Read(ref words[place]) != word)
            {
            }
        }
    }

    private static string Processor()
    {
        const string Key = "model name";
        string? line = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
