using MnistPS.Networks;
using MnistPS.Training;
using MnistPS.Web;

namespace MnistPS.Tests;

/// <summary>The commands that a report gives to repeat a training. A spec runs them.</summary>
public sealed class RepeatCommandTests
{
    private static readonly MnistDataset _digits = SyntheticDigits.CreateDataset(seed: 0, trainingCount: 60, testCount: 20);

    [Fact]
    public void The_tutorials_network_is_named_by_what_it_is_made_of()
    {
        MnistNetwork network = new(new NetworkOptions { HiddenSize = [30, 20], DropoutRate = 0.25, WeightRange = 0.2 }.Define(), 5);
        Sample.Train(network, _digits, Sample.Options(epochs: 1));
        Assert.Equal(
            """
            $data = Get-MnistDataset -Synthetic -TrainingCount 60 -TestCount 20
            $network = New-MnistNetwork -HiddenSize 30, 20 -DropoutRate 0.25 -WeightRange 0.2 -Seed 5
            $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10 -Optimizer Sgd -LearningRate 0.01 -Schedule Constant -NoShuffle -Precision Double
            """,
            RepeatCommand.Of(network, _digits), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_preset_is_named_and_each_training_has_a_line()
    {
        MnistNetwork network = new(new NetworkOptions { Preset = NetworkPreset.Mlp, LabelSmoothing = 0.1 }.Define(), 6);
        Sample.Train(network, _digits, Sample.Options() with { Augmentations = [Augmentation.Shift, Augmentation.Rotate], WeightDecay = 1e-4 });
        TrainingOptions stopped = Sample.Options(epochs: 9) with { Shuffle = true, ValidationCount = 20, Schedule = LearningRateSchedule.Cosine };
        _ = Trainer.Train(network, _digits, stopped, _ => { }, TestContext.Current.CancellationToken).First();
        string[] lines = RepeatCommand.Of(network, _digits).Split('\n');
        Assert.Equal("$network = New-MnistNetwork -Preset Mlp -LabelSmoothing 0.1 -Seed 6", lines[1]);
        Assert.EndsWith("-Precision Double -WeightDecay 0.0001 -Augment Shift, Rotate", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("-Schedule Cosine -Shuffle -Precision Double -ValidationCount 20 | Select-Object -First 1", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void It_outlives_a_file_with_the_network()
    {
        MnistNetwork network = Sample.Network("dense 5,relu,dense 10", seed: 7);
        Sample.Train(network, _digits, Sample.Options(epochs: 2));
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "network.safetensors");
        Formats.NetworkFile.Write(network, path, replace: false, cancellation: TestContext.Current.CancellationToken);
        MnistNetwork restored = Formats.NetworkFile.Read(path, cancellation: TestContext.Current.CancellationToken);
        string command = RepeatCommand.Of(network, _digits);
        Assert.Contains("-Layer $layers -Loss CrossEntropy -Initializer Uniform -WeightRange 0.1 -Seed 7", command, StringComparison.Ordinal);
        Assert.Equal(command, RepeatCommand.Of(restored, _digits));
    }
}
