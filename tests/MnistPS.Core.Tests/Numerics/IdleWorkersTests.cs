using System.Diagnostics;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>What threads use that have nothing to do, read off the process as a whole.</summary>
[Collection(nameof(Alone))]
public sealed class IdleWorkersTests
{
    /// <summary>What one thread can do keeps one busy, and does not burn the cores of the rest.</summary>
    [Fact]
    public void ThreadsThatFindNothingSleep()
    {
        using Workers workers = new(5);
        using Process process = Process.GetCurrentProcess();
        TimeSpan used = TimeSpan.Zero;
        Stopwatch clock = new();
        for (int round = 0; round < 400; round++)
        {
            if (round == 100)
            {
                process.Refresh();
                used = process.TotalProcessorTime;
                clock.Start();
            }

            workers.Start(1, (_, _) => Thread.Sleep(1));
            workers.Finish();
        }

        process.Refresh();
        Assert.InRange((process.TotalProcessorTime - used) / clock.Elapsed, 0, 1.7);
    }
}
