using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>What training with convolutions takes of memory, in a process that does nothing else.</summary>
internal static class MemoryUse
{
    /// <summary>Tells the process what it is for.</summary>
    public const string Option = "--memory";

    /// <summary>Starts that process.</summary>
    /// <returns>What it says.</returns>
    public static string Measure()
    {
        ProcessStartInfo start = new("dotnet", [typeof(MemoryUse).Assembly.Location, Option]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    /// <summary>Trains an epoch with a test as a user does, and then goes on to see what a batch allocates.</summary>
    public static void Report()
    {
        MnistDataset dataset = BenchmarkData.LoadDataset();
        NetworkDefinition definition = Own.Define(Rows.Convolutional);
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
            $"Training on {dataset.Training.Count} images with convolutions: at most {peak:0} MiB resident (goal: < 350); {allocated} bytes allocated in {batches} batches once warm (goal: none a batch)."));
    }
}
