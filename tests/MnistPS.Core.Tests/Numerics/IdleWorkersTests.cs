using System.Diagnostics;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>The processor time of idle threads, by the time of the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class IdleWorkersTests
{
    /// <summary>Work for one thread keeps one core busy, and the other threads do not spin.</summary>
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
