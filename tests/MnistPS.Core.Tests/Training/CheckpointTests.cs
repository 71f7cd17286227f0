using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>A training that resumes from its checkpoint gives bit for bit what an uninterrupted one gives.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly MnistDataset _dataset = Sample.Dataset(130, 40);

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public CheckpointTests() => _path = Path.Combine(_folder.Path, "run.safetensors");

    public static MatrixTheoryData<NetworkPreset, Precision, bool> Presets => new(Enum.GetValues<NetworkPreset>(), Enum.GetValues<Precision>(), [false, true]);

    private static readonly Dictionary<string, Func<TrainingOptions, TrainingOptions>> _ways = new()
    {
        { "plain", options => options },
        { "shuffled", options => options with { Shuffle = true } },
        { "varied", options => options with { Shuffle = true, Augmentations = [Augmentation.Shift, Augmentation.Elastic] } },
        { "one cycle", options => options with { Schedule = LearningRateSchedule.OneCycle } },
        { "cosine", options => options with { Schedule = LearningRateSchedule.Cosine } },
        { "steps", options => options with { Schedule = LearningRateSchedule.Step } },
        { "weight decay", options => options with { Optimizer = OptimizerKind.Sgd, WeightDecay = 1e-3 } },
        { "momentum", options => options with { Optimizer = OptimizerKind.Momentum } },
        { "nesterov", options => options with { Optimizer = OptimizerKind.Nesterov } },
        { "adamw", options => options with { Optimizer = OptimizerKind.AdamW, WeightDecay = 1e-2 } },
        { "validation", options => options with { ValidationCount = 30 } },
        { "early stopping that ends it", options => options with { ValidationCount = 30, EarlyStoppingPatience = 2, LearningRate = 0.05, Epochs = 12 } },
        { "early stopping that does not", options => options with { ValidationCount = 30, EarlyStoppingPatience = 20 } },
        { "image by image", options => options with { Optimizer = OptimizerKind.Sgd, BatchSize = 1, LearningRate = 0.001 } },
        { "four threads", options => options with { Threads = 4, Shuffle = true } },
    };

    private static readonly Dictionary<string, Func<TrainingOptions, TrainingOptions>> _otherSettings = new()
    {
        { "-Epochs is 5 here and 4 there", options => options with { Epochs = 5 } },
        { "-BatchSize", options => options with { BatchSize = 31 } },
        { "-Optimizer is Nesterov here and Adam there", options => options with { Optimizer = OptimizerKind.Nesterov } },
        { "-LearningRate is 0.02 here and 0.01 there", options => options with { LearningRate = 0.02 } },
        { "-Schedule", options => options with { Schedule = LearningRateSchedule.Cosine } },
        { "-Shuffle", options => options with { Shuffle = true } },
        { "-Precision", options => options with { Precision = Precision.Single } },
        { "-WeightDecay", options => options with { WeightDecay = 0.1 } },
        { "-ValidationCount is 10 here and 0 there; -EarlyStoppingPatience is 3 here and none there", options => options with { ValidationCount = 10, EarlyStoppingPatience = 3 } },
        { "-Augment is Shift, Scale here and none there", options => options with { Augmentations = [Augmentation.Shift, Augmentation.Scale] } },
        { "-MaximumTime", options => options with { MaximumTime = TimeSpan.FromHours(1) } },
    };

    public static TheoryData<string> Ways => [.. _ways.Keys];

    public static TheoryData<string> OtherSettings => [.. _otherSettings.Keys];

    private static TrainingOptions Options => Sample.Options(epochs: 4, batchSize: 30) with { Optimizer = OptimizerKind.Adam };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Presets))]
    public void EveryPresetGoesOn(NetworkPreset preset, Precision precision, bool isShuffled)
    {
        NetworkDefinition definition = new NetworkOptions { Preset = preset }.Define();
        TrainingOptions options = TrainingOptions.For(new MnistNetwork(definition, 1)) with
        {
            Epochs = 3, BatchSize = definition.Defaults.BatchSize == 1 ? 1 : 50, Precision = precision, Shuffle = isShuffled, Threads = 2,
        };
        AssertGoesOn(() => new MnistNetwork(definition, 7), options);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void EveryWayOfTrainingGoesOn(string way)
    {
        // Batch normalization cannot normalize a single image.
        TrainingOptions options = _ways[way](Options);
        string layers = options.BatchSize == 1 ? "dense 20,relu,dropout 0.3,dense 10" : "dense 20,batchnorm,relu,dropout 0.3,dense 10";
        AssertGoesOn(() => Sample.Network(layers), options);
    }

    [Fact]
    public void ANetworkThatWasTrainedBeforeGoesOn()
    {
        AssertGoesOn(() =>
        {
            MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
            Sample.Train(network, _dataset, Options with { Epochs = 2 });
            return network;
        }, Options with { Schedule = LearningRateSchedule.OneCycle });
    }

    /// <summary>A checkpoint of every second epoch is one epoch behind half of the time.</summary>
    [Fact]
    public void ACheckpointAfterEachSecondEpochIsAsGood()
    {
        MnistNetwork whole = Sample.Network("dense 20,relu,dense 10");
        EpochMetrics[] expected = Sample.Train(whole, _dataset, Options);
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        Train(network, Options, stopAfter: 3, every: 2);
        Assert.Equal(2, NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken).EpochsTrained);

        // The session's network is ahead of the checkpoint, and returns to it.
        Train(network, Options, every: 2, resume: true);
        Assert.Equal(whole.State.Values, network.State.Values);
        Assert.Equal(expected.Select(Numbers), network.History.Select(Numbers));
    }

    [Fact]
    public void TheFirstCheckpointIsThereBeforeTheFirstStep()
    {
        MnistNetwork network = Sample.Network("dense 10");
        using Checkpoint checkpoint = Open(network, Options);
        using IEnumerator<EpochMetrics> epochs = Epochs(network, Options, checkpoint).GetEnumerator();
        Assert.False(File.Exists(_path));
        epochs.MoveNext();
        Assert.Equal(0, NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken).EpochsTrained);
        checkpoint.Write();
        Assert.Equal(1, NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken).EpochsTrained);
    }

    [Fact]
    public void AFinishedTrainingTrainsNoMoreAndGivesWhatItLeft()
    {
        TrainingOptions options = Options with { ValidationCount = 30, EarlyStoppingPatience = 20, LearningRate = 0.05, Epochs = 6 };
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        Train(network, options);
        MnistNetwork fresh = Sample.Network("dense 20,relu,dense 10");
        using (Checkpoint checkpoint = Open(fresh, options, resume: true))
        {
            Assert.True(checkpoint.Position!.IsFinished);
            Assert.Empty(Epochs(fresh, options, checkpoint));
        }

        // The best network, and the metrics of all epochs.
        Assert.Equal(network.State.Values, fresh.State.Values);
        Assert.Equal(network.History.Select(Numbers), fresh.History.Select(Numbers));
        Assert.Equal(network.State.Values, NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken).State.Values);
    }

    [Fact]
    public void ElapsedGoesOnToo()
    {
        MnistNetwork network = Sample.Network("dense 10");
        Train(network, Options, stopAfter: 2);
        TimeSpan before = network.History[^1].Elapsed;
        Train(network, Options, resume: true);
        Assert.True(network.History[2].Elapsed > before);
    }

    [Theory]
    [MemberData(nameof(OtherSettings))]
    public void OtherSettingsAreNamed(string difference)
    {
        Train(Sample.Network("dense 20,relu,dense 10"), Options, stopAfter: 2);
        Assert.Contains(difference, Unfit(Sample.Network("dense 20,relu,dense 10"), _otherSettings[difference](Options)), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherNetworksAndOtherImagesAreNamed()
    {
        Train(Sample.Network("dense 20,relu,dense 10"), Options, stopAfter: 2);
        Assert.Contains("the network is dense 21", Unfit(Sample.Network("dense 21,relu,dense 10"), Options), StringComparison.Ordinal);
        Assert.Contains("its seed is 2 here and 1 there", Unfit(Sample.Network("dense 20,relu,dense 10", seed: 2), Options), StringComparison.Ordinal);
        Assert.Contains("its loss", Unfit(Sample.Network("dense 20,relu,dense 10", loss: LossKind.SquaredError), Options), StringComparison.Ordinal);
        Assert.Contains("its label smoothing is 0.1", Unfit(Sample.Network("dense 20,relu,dense 10", labelSmoothing: 0.1), Options), StringComparison.Ordinal);
        Assert.Contains("the data set", Unfit(Sample.Network("dense 20,relu,dense 10"), Options, Sample.Dataset(130, 40, seed: 2)), StringComparison.Ordinal);
        MnistNetwork elsewhere = Sample.Network("dense 20,relu,dense 10");
        Sample.Train(elsewhere, _dataset, Options with { Epochs = 1, LearningRate = 0.002 });
        Assert.Contains("error of epoch 0 is (", Unfit(elsewhere, Options), StringComparison.Ordinal);
        Assert.Equal(1, elsewhere.EpochsTrained);
    }

    [Fact]
    public void AFileThatIsThereIsKeptUnlessToldOtherwise()
    {
        MnistNetwork network = Sample.Network("dense 10");
        Train(network, Options, stopAfter: 1);
        byte[] before = File.ReadAllBytes(_path);
        Assert.Equal("CheckpointFileExists", Assert.Throws<MnistException>(() => Open(Sample.Network("dense 10"), Options)).Id);
        Assert.Equal(before, File.ReadAllBytes(_path));
        using (Checkpoint checkpoint = Open(Sample.Network("dense 10"), Options, replace: true))
        {
            Assert.Equal("CheckpointFileInUse", Assert.Throws<MnistException>(() => Open(network, Options, resume: true)).Id);
            Assert.Null(checkpoint.Position);
        }

        Assert.Equal(["run.safetensors"], _folder.FileNames);
    }

    [Fact]
    public void WhatIsNoCheckpointIsNamed()
    {
        MnistNetwork network = Sample.Network("dense 10");
        NetworkFile.Write(network, _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("no training", Unfit(network, Options), StringComparison.Ordinal);
        File.WriteAllText(_path, "else");
        Assert.Equal("NotANetworkFile", Assert.Throws<MnistException>(() => Open(network, Options, resume: true)).Id);
        Assert.Equal("CheckpointEveryOutOfRange", Assert.Throws<MnistException>(() => Open(network, Options, every: 0)).Id);
    }

    private static string Numbers(EpochMetrics epoch)
        => FormattableString.Invariant($"{epoch.Epoch} {epoch.TrainingError:R} {epoch.TrainingAccuracy:R} {epoch.ValidationError:R} {epoch.TestError:R} {epoch.TestAccuracy:R} {epoch.LearningRate:R}");

    /// <summary>Interrupts the training after each epoch, and resumes it with a new network each time.</summary>
    private void AssertGoesOn(Func<MnistNetwork> create, TrainingOptions options)
    {
        MnistNetwork whole = create();
        EpochMetrics[] expected = Sample.Train(whole, _dataset, options);
        for (int stopAfter = 1; stopAfter <= expected.Length; stopAfter++)
        {
            File.Delete(_path);
            EpochMetrics[] first = Train(create(), options, stopAfter);
            MnistNetwork other = create();
            EpochMetrics[] second = Train(other, options, resume: true);
            Assert.Equal(expected.Select(Numbers), first.Concat(second).Select(Numbers));
            Assert.Equal(whole.State.Values, other.State.Values);
            Assert.Equal(whole.State.Optimizer!.Moments, other.State.Optimizer!.Moments);
            Assert.Equal(whole.State.Generator.State, other.State.Generator.State);
            Assert.Equal(whole.State.Values, NetworkFile.Read(_path).State.Values);
        }
    }

    private EpochMetrics[] Train(MnistNetwork network, TrainingOptions options, int stopAfter = int.MaxValue, int every = 1, bool resume = false)
    {
        using Checkpoint checkpoint = Open(network, options, resume, every: every);
        List<EpochMetrics> metrics = [];
        foreach (EpochMetrics epoch in Epochs(network, options, checkpoint))
        {
            checkpoint.Write();
            metrics.Add(epoch);
            if (metrics.Count == stopAfter)
            {
                break;
            }
        }

        return [.. metrics];
    }

    private static IEnumerable<EpochMetrics> Epochs(MnistNetwork network, TrainingOptions options, Checkpoint checkpoint)
        => Trainer.Train(network, _dataset, options, _ => { }, TestContext.Current.CancellationToken, checkpoint);

    private Checkpoint Open(
        MnistNetwork network, TrainingOptions options, bool resume = false, bool replace = false, int every = 1, MnistDataset? dataset = null)
        => Checkpoint.Open(_path, every, resume, replace, network, dataset ?? _dataset, options, cancellation: TestContext.Current.CancellationToken);

    private string Unfit(MnistNetwork network, TrainingOptions options, MnistDataset? dataset = null)
    {
        MnistException fault = Assert.Throws<MnistException>(() => Open(network, options, resume: true, dataset: dataset));
        Assert.Equal(("CheckpointDoesNotFit", _path), (fault.Id, fault.Target));
        return fault.Message;
    }
}
