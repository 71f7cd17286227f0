using System.Globalization;
using MnistPS.Networks;

namespace MnistPS.Web;

/// <summary>The PowerShell commands that create and train a network again.</summary>
internal static class RepeatCommand
{
    /// <summary>The commands: a data set, a network, and each training.</summary>
    public static string Of(MnistNetwork network, MnistDataset dataset)
    {
        NetworkState state = network.State;
        string[] validation = state.Runs.Any(run => run.ValidationSetCount > 0) ? ["# $validation is the set of images that it was validated with."] : [];
        return string.Join('\n', [Data(state.Runs[^1], dataset), .. validation, Of(network, state)]);
    }

    /// <summary>The commands for a network and each of its trainings, once <c>$data</c> is the data set.</summary>
    public static string Of(MnistNetwork network, NetworkState state)
        => string.Join('\n', [.. Make(network), .. state.Runs.Select((run, i) => Train(run, EpochsOf(state, i)))]);

    /// <summary>The epochs of a training.</summary>
    public static int EpochsOf(NetworkState state, int run)
        => (run + 1 < state.Runs.Count ? state.Runs[run + 1].FirstEpoch : state.History.Count) - state.Runs[run].FirstEpoch;

    private static string Data(TrainingRun run, MnistDataset dataset)
    {
        string counts = $"-TrainingCount {run.TrainingCount}{(run.TestCount > 0 ? $" -TestCount {run.TestCount}" : "")}";
        return dataset.Name switch
        {
            "MNIST" => $"$data = Get-MnistDataset {counts}",
            "Fashion-MNIST" => $"$data = Get-MnistDataset -Name FashionMnist {counts}",
            "Kuzushiji-MNIST" => $"$data = Get-MnistDataset -Name KuzushijiMnist {counts}",
            "Synthetic" when dataset.Training[0].Span.SequenceEqual(SyntheticDigits.Draw(1, seed: 0)[0].Span)
                => $"$data = Get-MnistDataset -Synthetic {counts}",
            "Synthetic" => $"# With the seed that the data set was drawn with:\n$data = Get-MnistDataset -Synthetic {counts} -Seed $seed",
            _ => "# $data is the data set with the digests above.",
        };
    }

    private static string[] Make(MnistNetwork network)
    {
        NetworkDefinition definition = network.Definition;
        string smoothing = definition.LabelSmoothing > 0 ? Invariant($" -LabelSmoothing {definition.LabelSmoothing}") : "";
        string seed = $" -Seed {network.Seed}";
        if (definition.IsTutorial)
        {
            IEnumerable<int> hidden = definition.Layers.OfType<DenseDefinition>().SkipLast(1).Select(layer => layer.Units);
            double rate = definition.Layers.OfType<DropoutDefinition>().FirstOrDefault()?.Rate ?? 0;
            return [Invariant($"$network = New-MnistNetwork -HiddenSize {string.Join(", ", hidden)} -DropoutRate {rate} -WeightRange {definition.WeightRange}{seed}")];
        }

        NetworkPreset? preset = definition.Defaults == TrainingDefaults.ConvNet ? NetworkPreset.ConvNet
            : definition.Defaults == TrainingDefaults.Mlp ? NetworkPreset.Mlp : null;
        if (preset is not null)
        {
            return [$"$network = New-MnistNetwork -Preset {preset}{smoothing}{seed}"];
        }

        string range = definition.Initializer == Initializer.Uniform ? Invariant($" -WeightRange {definition.WeightRange}") : "";
        return
        [
            $"$layers = {string.Join(", ", definition.Layers.Select(layer => $"'{layer}'"))}",
            $"$network = New-MnistNetwork -Layer $layers -Loss {definition.Loss} -Initializer {definition.Initializer}{range}{smoothing}{seed}",
        ];
    }

    private static string Train(TrainingRun run, int epochs)
    {
        TrainingOptions options = run.Options;
        List<string> words =
        [
            "$data | Invoke-MnistTraining $network", $"-Epochs {options.Epochs}", $"-BatchSize {options.BatchSize}", $"-Optimizer {options.Optimizer}",
            Invariant($"-LearningRate {options.LearningRate}"), $"-Schedule {options.Schedule}", options.Shuffle ? "-Shuffle" : "-NoShuffle",
            $"-Precision {options.Precision}",
        ];
        Add(options.WeightDecay > 0, $"-WeightDecay {options.WeightDecay}");
        Add(options.ValidationCount > 0, $"-ValidationCount {options.ValidationCount}");
        Add(run.ValidationSetCount > 0, $"-Validation $validation");
        Add(options.EarlyStoppingPatience is not null, $"-EarlyStoppingPatience {options.EarlyStoppingPatience}");
        Add(options.Augmentations.Count > 0, $"-Augment {string.Join(", ", options.Augmentations)}");
        Add(options.MaximumTime is not null, $"-MaximumTime {options.MaximumTime}");
        Add(options.Calibrate, $"-Calibrate");

        // The training was stopped early, and its schedule is that of all its epochs.
        Add(epochs < options.Epochs && options is { EarlyStoppingPatience: null, MaximumTime: null }, $"| Select-Object -First {epochs}");
        return string.Join(' ', words);

        void Add(bool isSo, FormattableString word)
        {
            if (isSo)
            {
                words.Add(Invariant(word));
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
