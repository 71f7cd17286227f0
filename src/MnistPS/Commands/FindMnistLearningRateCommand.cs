using System.Management.Automation;
using MnistPS.Networks;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Commands;

/// <summary>Tries rising learning rates on a copy of a network, and suggests one.</summary>
[Cmdlet(VerbsCommon.Find, "MnistLearningRate", HelpUri = OnlineHelp.Folder + "Find-MnistLearningRate.md")]
[OutputType(typeof(LearningRateSweep))]
public sealed class FindMnistLearningRateCommand : DatasetCommand
{
    private const double DefaultMinimum = 1e-6;
    private const double DefaultMaximum = 10;
    private const int DefaultSteps = 100;

    /// <summary>The network. It is not changed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [LiveObject<MnistNetwork>]
    public MnistNetwork Network { get; set; } = null!;

    /// <summary>The smallest learning rate.</summary>
    [Parameter]
    [Number<double>]
    public double? Minimum { get; set; }

    /// <summary>The largest learning rate.</summary>
    [Parameter]
    [Number<double>]
    public double? Maximum { get; set; }

    /// <summary>The number of learning rates.</summary>
    [Parameter]
    [Number<int>]
    public int? Steps { get; set; }

    /// <summary>Images per batch.</summary>
    [Parameter]
    [Number<int>]
    public int? BatchSize { get; set; }

    /// <summary>The optimizer.</summary>
    [Parameter]
    [EnumName]
    public OptimizerKind? Optimizer { get; set; }

    /// <inheritdoc/>
    protected override void Process(MnistDataset dataset)
    {
        TrainingOptions own = TrainingOptions.For(Network);
        TrainingOptions options = own with
        {
            LearningRate = Maximum ?? DefaultMaximum,
            BatchSize = BatchSize ?? Math.Clamp(own.BatchSize, 1, Math.Max(1, dataset.Training.Count)),
            Optimizer = Optimizer ?? own.Optimizer,
        };
        int done = 0;
        int steps = Steps ?? DefaultSteps;
        using ProgressBar bar = new(this, Messages.SweepActivity);
        LearningRateSweep? sweep = LearningRateFinder.Sweep(
            Network,
            dataset,
            options,
            Minimum ?? DefaultMinimum,
            steps,
            point => bar.Report((double)++done / steps, string.Format(Messages.Culture, Messages.SweepStatus, point.Rate, point.SmoothedLoss)),
            Cancellation);
        if (sweep is not null)
        {
            WriteObject(sweep);
        }
    }
}
