using System.Globalization;
using MnistPS.Networks;

namespace MnistPS.Benchmarks;

/// <summary>All rows of the table.</summary>
internal static class Rows
{
    private const int Threads = 2;

    /// <summary>The required ratio of two threads to one.</summary>
    private const double ScalingGoal = 1.7;

    /// <summary>The layers of the row with convolutions.</summary>
    public static string[] Convolutional { get; } =
        ["conv 32x3", "relu", "pool 2", "conv 64x3", "relu", "pool 2", "dropout 0.5", "dense 10"];

    /// <summary>The layers of the row with two hidden dense ones.</summary>
    public static string[] Deep { get; } = ["dense 512", "relu", "dropout 0.2", "dense 512", "relu", "dropout 0.2", "dense 10"];

    /// <summary>The rows, in the order of the table.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new("tutorial", TrainTutorial),
        new("cold", TrainTutorialOnce),
        new("mlp100", data => Train(data, "784-100-10", 6, 2, "dense 100", "relu", "dense 10")),
        new("mlp512", data => Train(data, "784-512-512-10, dropout 0.2", 6, 2, Deep)),
        new("conv", data => Train(data, "conv 32×3, pool, conv 64×3, pool, dropout, dense", 3, 1.5, Convolutional)),
        new("predict", Predict),
        new("one-image", PredictOne),
    ];

    private static Race TrainTutorial(BenchmarkData data)
    {
        NetworkDefinition definition = new NetworkOptions().Define();
        Tutorial alone = new(data, definition, 1);
        Tutorial shared = new(data, definition, Threads);
        PeerProcess numPy = PeerProcess.Python("NumPy", 1, "tutorial.py", data.Folder);
        const int Epochs = 20;
        double operations = Own.Operations(definition, data.NonzeroShare, isTraining: true) + Own.Operations(definition, data.NonzeroShare, isTraining: false);
        return new Race(new(alone, numPy, 40), new(shared, numPy, 40))
        {
            Work = "tutorial, 20 epochs × 1000 images with tests, float64",
            Operations = Epochs * Tutorial.Images * operations,
            IsDouble = true,
            Speed = seconds => Text($"{seconds:0.000} s"),
        };
    }

    private static Race TrainTutorialOnce(BenchmarkData data)
    {
        NetworkDefinition definition = new NetworkOptions().Define();
        const int Epochs = 20;
        double operations = Own.Operations(definition, data.NonzeroShare, isTraining: true) + Own.Operations(definition, data.NonzeroShare, isTraining: false);
        return new Race(new Comparison(ColdProcess.PowerShell(data, Threads), ColdProcess.Python(data), 1))
        {
            Work = "the same as a script, from the start of its process to the end",
            Operations = Epochs * Tutorial.Images * operations,
            IsDouble = true,
            Speed = seconds => Text($"{seconds:0.00} s"),
        };
    }

    private static Race Train(BenchmarkData data, string name, double goalAgainstPyTorch, double goalAgainstLibTorch, params string[] layers)
    {
        NetworkDefinition definition = Own.Define(layers);
        QuarterEpoch alone = new(data.Dataset.Training, definition, 1);
        QuarterEpoch shared = new(data.Dataset.Training, definition, Threads);
        SideBySide apart = new(new QuarterEpoch(data.Dataset.Training, definition, 1), new QuarterEpoch(data.Dataset.Training, definition, 1));
        string[] arguments = [data.Folder, QuarterEpoch.BatchSize.ToString(CultureInfo.InvariantCulture), .. layers];
        PeerProcess pyTorch = PeerProcess.Python("PyTorch", Threads, "training.py", arguments);
        PeerProcess libTorch = PeerProcess.LibTorch(Threads, arguments);
        int images = QuarterEpoch.CountOf(data.Dataset.Training);
        return new Race(
            new(shared, alone, ScalingGoal), new(apart, alone, null), new(shared, pyTorch, goalAgainstPyTorch), new(shared, libTorch, goalAgainstLibTorch))
        {
            Work = $"{name}, batch {QuarterEpoch.BatchSize}, Adam",
            Operations = images * Own.Operations(definition, data.NonzeroShare, isTraining: true),
            Speed = seconds => Text($"{images / seconds / 1000:0.0} k images/s"),
        };
    }

    private static Race Predict(BenchmarkData data)
    {
        const int OwnBatchSize = Execution.Evaluator.BatchSize;
        const int PeerBatchSize = 500;
        MnistNetwork network = new(new NetworkOptions { Preset = NetworkPreset.Mlp }.Define(), seed: 1);
        Reading own = new(data, network, OwnBatchSize, Threads);
        OnnxReading onnx = new(data, network, PeerBatchSize, Threads);
        onnx.CheckAgainst(own);
        int images = data.Dataset.Test.Count;
        return new Race(new Comparison(own, onnx, 1))
        {
            Work = $"predict {images} images, Mlp",
            Operations = images * Own.Operations(network.Definition, data.NonzeroShare, isTraining: false),
            Speed = seconds => Text($"{1000 * seconds:0.0} ms"),
        };
    }

    private static Race PredictOne(BenchmarkData data)
    {
        MnistNetwork network = new(new NetworkOptions { Preset = NetworkPreset.ConvNet }.Define(), seed: 1);
        Reading own = new(data, network, 1, 1);
        OnnxReading onnx = new(data, network, 1, 1);
        OnnxReading onnxShared = new(data, network, 1, Threads);
        onnx.CheckAgainst(own);
        int images = data.Dataset.Test.Count;
        return new Race(new(own, onnx, 1), new(own, onnxShared, 1))
        {
            Work = "one image, ConvNet",
            Operations = images * Own.Operations(network.Definition, data.NonzeroShare, isTraining: false),
            Speed = seconds => Text($"{1e6 * seconds / images:0.0} µs"),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A row of the table, with a key for the command line.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Prepare">Creates the entrants.</param>
internal sealed record Row(string Key, Func<BenchmarkData, Race> Prepare);
