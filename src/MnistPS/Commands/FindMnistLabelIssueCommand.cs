using System.Management.Automation;
using System.Security.Cryptography;
using MnistPS.Measures;
using MnistPS.Networks;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Commands;

/// <summary>Finds training images whose label is probably wrong, by networks not trained on them.</summary>
[Cmdlet(VerbsCommon.Find, "MnistLabelIssue", HelpUri = OnlineHelp.Folder + "Find-MnistLabelIssue.md")]
[OutputType(typeof(LabelIssue))]
public sealed class FindMnistLabelIssueCommand : DatasetCommand
{
    private const int DefaultFoldCount = 3;

    /// <summary>The network to train on each fold.</summary>
    [Parameter(Position = 0)]
    [EnumName]
    public NetworkPreset Preset { get; set; } = NetworkPreset.ConvNet;

    /// <summary>Folds; each is scored by a network trained on the others.</summary>
    [Parameter]
    [Number<int>]
    public int? FoldCount { get; set; } = DefaultFoldCount;

    /// <summary>Epochs per fold.</summary>
    [Parameter]
    [Number<int>]
    public int? Epochs { get; set; }

    /// <summary>The seed of the folds and networks; random by default.</summary>
    [Parameter]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process(MnistDataset dataset)
    {
        using ProgressBar bar = new(this, Messages.LabelActivity);
        NetworkDefinition definition = new NetworkOptions { Preset = Preset }.Define();
        LabelAudit audit = new(dataset, definition, FoldCount ?? DefaultFoldCount, Epochs, Seed ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue), Report, Cancellation);
        if (audit.Find() is { } issues)
        {
            WriteObject(issues, enumerateCollection: true);
        }

        void Report(int fold, TrainingProgress progress) => bar.Report(
            (fold + progress.Done) / (FoldCount ?? DefaultFoldCount),
            string.Format(Messages.Culture, Messages.LabelStatus, fold + 1, FoldCount, progress.Epoch + 1, progress.Epochs));
    }
}
