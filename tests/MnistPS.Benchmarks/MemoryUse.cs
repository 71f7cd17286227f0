using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>The memory of a training, in a process that does nothing else.</summary>
internal static class MemoryUse
{
    /// <summary>The command line option of that process.</summary>
    public const string Option = "--memory";

    /// <summary>Starts that process.</summary>
    /// <param name="layers">The network's layers.</param>
    /// <returns>Its output.</returns>
    public static string Measure(IEnumerable<string> layers)
    {
        ProcessStartInfo start = new("dotnet", [typeof(MemoryUse).Assembly.Location, Option, .. layers]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    /// <summary>Trains and tests an epoch as a user does, and then measures what a batch allocates.</summary>
    /// <param name="layers">The network's layers; none for the tutorial's network, which has no batches.</param>
    public static void Report(string[] layers)
    {
        MnistDataset dataset = BenchmarkData.LoadDataset();
        bool isTutorial = layers.Length == 0;
        NetworkDefinition definition = isTutorial ? new NetworkOptions().Define() : Own.Define(layers);
        MnistNetwork network = new(definition, seed: 1);
        TrainingOptions options = isTutorial ? TrainingOptions.For(network) : QuarterEpoch.OptionsFor(network);
        foreach (EpochMetrics _ in Trainer.Train(network, dataset, options with { Epochs = 1 }, _ => { }, CancellationToken.None))
        {
        }

        using Process process = Process.GetCurrentProcess();
        double peak = process.PeakWorkingSet64 / (1024.0 * 1024);
        string name = isTutorial ? "the tutorial's network" : string.Join(", ", layers);
        string allocation = isTutorial ? "" : Allocation(dataset.Training, definition, options.Threads);
        Console.WriteLine(FormattableString.Invariant($"Training on {dataset.Training.Count} images, {name}: at most {peak:0} MiB resident (goal: < 350){allocation}."));
    }

    private static string Allocation(ImageSet images, NetworkDefinition definition, int threads)
    {
        using QuarterEpoch quarters = new(images, definition, threads);
        quarters.Run();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        quarters.Run();
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return $"; {allocated} bytes allocated in {QuarterEpoch.CountOf(images) / QuarterEpoch.BatchSize} batches once warm (goal: none a batch)";
    }
}
