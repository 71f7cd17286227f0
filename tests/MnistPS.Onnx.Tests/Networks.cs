using MnistPS.Execution;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Onnx;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Networks to put into files, and what they read.</summary>
internal static class Networks
{
    public const string AllLayers =
        "conv 3x5 same,batchnorm,relu,pool 2,conv 4x4 same,leakyrelu 0.2,conv 5x1 same,pool 3,dense 12,batchnorm,tanh,dropout 0.3,dense 11,sigmoid,dense 10";

    public static INetworkFile File { get; } = new OnnxFile();

    /// <summary>Each preset, and layers of each kind in each place where they stand differently in a model.</summary>
    public static TheoryData<string> Names =>
        [nameof(NetworkPreset.Tutorial), nameof(NetworkPreset.Mlp), nameof(NetworkPreset.ConvNet), AllLayers, "batchnorm,conv 10x28", "relu,pool 7,tanh,dense 10,batchnorm,sigmoid"];

    /// <summary>A network by its preset or by the words of its layers, trained a little.</summary>
    public static MnistNetwork Trained(string name, LossKind loss = LossKind.CrossEntropy, Precision precision = Precision.Single)
    {
        NetworkOptions options = Enum.TryParse(name, out NetworkPreset preset) ? new() { Preset = preset } : new() { Layers = name.Split(','), Loss = loss };
        MnistNetwork network = new(options.Define(), seed: 3);
        Sample.Train(network, Sample.Dataset(200, 10), Sample.Options(epochs: 2) with { Precision = precision, Optimizer = OptimizerKind.Adam, LearningRate = 0.003 });
        return network;
    }

    public static List<Prediction> Read(MnistNetwork network, ImageSet images)
    {
        using Predictor predictor = new(network, TestContext.Current.CancellationToken);
        List<Prediction> predictions = [.. images.SelectMany(predictor.Add)];
        predictions.AddRange(predictor.Flush());
        return predictions;
    }

    /// <summary>What is to the last bit the same if two networks read the same.</summary>
    public static string Text(IEnumerable<Prediction> predictions) => string.Join('\n', predictions.Select(prediction => prediction.Scores));
}
