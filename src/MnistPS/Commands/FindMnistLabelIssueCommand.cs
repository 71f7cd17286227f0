using System.Management.Automation;
using System.Security.Cryptography;
using MnistPS.Measures;
using MnistPS.Networks;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Commands;

/// <summary>Finds training images whose label is probably wrong, by networks that have not seen them.</summary>
[Cmdlet(VerbsCommon.Find, "MnistLabelIssue", HelpUri = OnlineHelp.Folder + "Find-MnistLabelIssue.md")]
[OutputType(typeof(LabelIssue))]
public sealed class FindMnistLabelIssueCommand : DatasetCommand
{
    private const int DefaultFoldCount = 3;

    /// <summary>The network that reads them.</summary>
    [Parameter(Position = 0)]
    [EnumName]
    public NetworkPreset Preset { get; set; } = NetworkPreset.ConvNet;

    /// <summary>Parts of the set; each is read by a network that was trained on the others.</summary>
    [Parameter]
    [Number<int>]
    public int? FoldCount { get; set; } = DefaultFoldCount;

    /// <summary>Passes over the images of the other parts, for each network.</summary>
    [Parameter]
    [Number<int>]
    public int? Epochs { get; set; }

    /// <summary>The seed of the parts and of the networks; drawn if it is not given.</summary>
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
