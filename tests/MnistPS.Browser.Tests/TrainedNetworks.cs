using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Networks trained briefly on synthetic digits, each once and the same in every run.</summary>
internal static class TrainedNetworks
{
    private static readonly MnistDataset _digits = SyntheticDigits.CreateDataset(seed: 1, trainingCount: 6000, testCount: 200);

    private static readonly Dictionary<string, Lazy<MnistNetwork>> _networks = new()
    {
        ["Tutorial"] = Train(new NetworkOptions { Preset = NetworkPreset.Tutorial }, 500),
        ["Mlp"] = Train(new NetworkOptions { Preset = NetworkPreset.Mlp }, 500),
        ["ConvNet"] = Train(new NetworkOptions { Preset = NetworkPreset.ConvNet }, 6000),
        ["every layer"] = Train(
            new NetworkOptions
            {
                Layers =
                [
                    "batchnorm", "conv 4x4 same", "leakyrelu 0.2", "batchnorm", "pool 2", "conv 6x3", "tanh", "dropout 0.2", "conv 5x3 same", "sigmoid", "pool 5",
                    "flatten", "dense 20", "batchnorm", "relu", "dropout 0.5", "dense 10",
                ],
            },
            1000),
        ["calibrated"] = Train(new NetworkOptions { Layers = ["dense 40", "relu", "dense 10"] }, 2000, validationCount: 500),
        ["convolutions only"] = Train(new NetworkOptions { Layers = ["pool 3", "conv 8x4 same", "relu", "conv 10x9"], Loss = LossKind.SquaredError }, 500),
    };

    /// <summary>Images that no network was trained on.</summary>
    public static ImageSet Unseen => _digits.Test;

    public static MnistNetwork Get(string name) => _networks[name].Value;

    private static Lazy<MnistNetwork> Train(NetworkOptions options, int count, int validationCount = 0) => new(() =>
    {
        MnistNetwork network = new(options.Define(), seed: 1);
        TrainingOptions training = TrainingOptions.For(network) with { Epochs = 2, ValidationCount = validationCount, Calibrate = validationCount > 0 };
        _ = Trainer.Train(network, new MnistDataset(_digits.Name, _digits.Training.Slice(0, count), _digits.Test), training, _ => { }, CancellationToken.None).Last();
        return network;
    });
}
