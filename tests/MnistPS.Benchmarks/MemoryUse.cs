using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>What training a network takes of memory, in a process that does nothing else.</summary>
internal static class MemoryUse
{
    /// <summary>Tells the process what it is for.</summary>
    public const string Option = "--memory";

    /// <summary>Starts that process.</summary>
    /// <param name="layers">The network's layers.</param>
    /// <returns>What it says.</returns>
    public static string Measure(IEnumerable<string> layers)
    {
        ProcessStartInfo start = new("dotnet", [typeof(MemoryUse).Assembly.Location, Option, .. layers]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    /// <summary>Trains an epoch with a test as a user does, and then goes on to see what a batch allocates.</summary>
    /// <param name="layers">The network's layers.</param>
    public static void Report(string[] layers)
    {
        MnistDataset dataset = BenchmarkData.LoadDataset();
        NetworkDefinition definition = Own.Define(layers);
        MnistNetwork network = new(definition, seed: 1);
        TrainingOptions options = QuarterEpoch.OptionsFor(network) with { Epochs = 1 };
        foreach (EpochMetrics _ in Trainer.Train(network, dataset, options, _ => { }, CancellationToken.None))
        {
        }

        using Process process = Process.GetCurrentProcess();
        double peak = process.PeakWorkingSet64 / (1024.0 * 1024);

        using QuarterEpoch quarters = new(dataset.Training, definition, options.Threads);
        quarters.Run();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        quarters.Run();
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        int batches = QuarterEpoch.CountOf(dataset.Training) / QuarterEpoch.BatchSize;
        Console.WriteLine(FormattableString.Invariant(
            $"Training on {dataset.Training.Count} images, {string.Join(", ", layers)}: at most {peak:0} MiB resident (goal: < 350); {allocated} bytes allocated in {batches} batches once warm (goal: none a batch)."));
    }
}
