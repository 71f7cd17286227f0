using MnistPS.Execution;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Fuzz;

/// <summary>What a user does with accepted input.</summary>
internal static class Use
{
    // The training of a larger network would exceed the time limit. Its reader alone is checked.
    private const int MostParameters = 100_000;

    private static readonly MnistDataset _digits = SyntheticDigits.DrawDataset(1, 8, 4, CancellationToken.None);

    /// <summary>The process's folder for files.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("mnistps-fuzz-").FullName;

    /// <summary>Whether a network is small enough to be used.</summary>
    public static bool IsSmall(NetworkDefinition definition)
        => definition.Parameters.Sum(parameter => (long)parameter.Count) <= MostParameters
            && definition.Layers.Select((layer, i) => layer.ValuesFor(definition.Shapes[i])).Sum() <= MostParameters
            && definition.Layers.Count <= 30;

    /// <summary>Predicts with a network, writes and reads it, and trains it. The training may diverge, and nothing else.</summary>
    public static void Network(MnistNetwork network)
    {
        string path = Path.Combine(Folder, "network");
        string before = Read(network, _digits.Test);
        NetworkFile.Write(network, path, replace: true);
        MnistNetwork again = NetworkFile.Read(path);
        if (Read(again, _digits.Test) != before || again.History.Count != network.History.Count || again.ToString() != network.ToString())
        {
            throw new InvalidOperationException("What was written and read again is another network.");
        }

        try
        {
            Train(again, _digits);
        }
        catch (MnistException fault) when (fault.Id is "TrainingDiverged" or "BatchSizeOutOfRange")
        {
            return;
        }

        NetworkFile.Write(again, path, replace: true);
        _ = NetworkFile.Read(path);
    }

    /// <summary>Trains and tests with the first images of a data set, on a network of ten units.</summary>
    public static void Images(MnistDataset dataset)
    {
        ImageSet training = First(dataset.Training.Count > 0 ? dataset.Training : dataset.Test);
        Train(new MnistNetwork(new NetworkOptions { Layers = ["dense 10"] }.Define(), 1), new MnistDataset("read", training, First(dataset.Test)));

        static ImageSet First(ImageSet images) => images.Slice(0, Math.Min(16, images.Count));
    }

    private static void Train(MnistNetwork network, MnistDataset dataset)
    {
        TrainingOptions options = TrainingOptions.For(network) with { Epochs = 1, BatchSize = Math.Min(4, dataset.Training.Count), Threads = 1 };
        foreach (EpochMetrics metrics in Trainer.Train(network, dataset, options, _ => { }, CancellationToken.None))
        {
            _ = metrics.ToString();
        }
    }

    private static string Read(MnistNetwork network, ImageSet images)
    {
        using Predictor predictor = new(network);
        List<Prediction> predictions = [.. images.SelectMany(predictor.Add)];
        predictions.AddRange(predictor.Flush());
        return string.Join('\n', predictions.Select(prediction => prediction.Scores));
    }
}
