using System.Management.Automation;
using MnistPS.Formats;
using MnistPS.Training;

namespace MnistPS.Commands;

/// <summary>Trains a network and hands out each epoch's metrics the moment it ends.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MnistTraining", HelpUri = OnlineHelp.Folder + "Invoke-MnistTraining.md")]
[OutputType(typeof(EpochMetrics), typeof(MnistNetwork))]
public sealed class InvokeMnistTrainingCommand : MnistCommand, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private MetricsCsv? _metricsFile;

    /// <summary>What to train on and to test with.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Dataset { get; set; } = null!;

    /// <summary>The network to train.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public MnistNetwork Network { get; set; } = null!;

    /// <summary>Passes over the training images.</summary>
    [Parameter]
    public int? Epochs { get; set; }

    /// <summary>The rate of a step, before the schedule.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>Images a step.</summary>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <summary>How gradients become steps.</summary>
    [Parameter]
    [Words]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>How the learning rate moves.</summary>
    [Parameter]
    [Words]
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>How strongly parameters are pulled towards 0.</summary>
    [Parameter]
    public double WeightDecay { get; set; }

    /// <summary>Images at the end of the training set that are never trained on.</summary>
    [Parameter]
    public int? ValidationCount { get; set; }

    /// <summary>The same as a share of the training set.</summary>
    [Parameter]
    public double? ValidationFraction { get; set; }

    /// <summary>Epochs without a better validation error after which training ends.</summary>
    [Parameter]
    public int? EarlyStoppingPatience { get; set; }

    /// <summary>How images are varied before they are trained on.</summary>
    [Parameter]
    [Words(Many = true)]
    public Augmentation[]? Augment { get; set; }

    /// <summary>When training ends, even in the middle of an epoch.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? MaximumTime { get; set; }

    /// <summary>Gives each epoch an order of its own.</summary>
    [Parameter]
    public SwitchParameter Shuffle { get; set; }

    /// <summary>Keeps the images in their own order.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>The numbers to compute with.</summary>
    [Parameter]
    [Words]
    public Precision? Precision { get; set; }

    /// <summary>Threads; all processors if it is not given.</summary>
    [Parameter]
    public int? ThrottleLimit { get; set; }

    /// <summary>A CSV file to write the metrics to.</summary>
    [Parameter]
    [PathText]
    [ValidateNotNullOrEmpty]
    public string? MetricsPath { get; set; }

    /// <summary>Replaces the metrics file if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands out the trained network instead of the metrics.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metricsFile?.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? input = Dataset.Unwrap();
        switch (input)
        {
            case MnistDataset dataset:
                Do(() => Train(dataset));
                break;
            case MnistImage or ImageSet:
                // Said once, and not for each of 60 000 images.
                ThrowTerminatingError(ToErrorRecord(new MnistException(nameof(Messages.NotADataset), Fault.InvalidArgument, Messages.NotADataset, input)));
                break;
            default:
                WriteError(ForeignObject(input, Messages.TrainingInput));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    private void Train(MnistDataset dataset)
    {
        TrainingOptions options = Options(dataset.Training.Count);
        IEnumerable<EpochMetrics> epochs = Trainer.Train(Network, dataset, options, Report, _stop.Token);
        if (MetricsPath is not null)
        {
            _metricsFile ??= new MetricsCsv(Resolve(MetricsPath), Force);
        }

        WriteVerbose(string.Format(Messages.Culture, Messages.TrainingBegins, Network, dataset, options));
        try
        {
            foreach (EpochMetrics metrics in epochs)
            {
                HandOut(metrics);
            }
        }
        finally
        {
            // However it ends, but where the pipeline is stopped: nothing may be written any more then, and hosts take the bar away themselves.
            if (!Stopping)
            {
                WriteProgress(new ProgressRecord(0, Messages.TrainingActivity, " ") { RecordType = ProgressRecordType.Completed });
            }
        }

        if (PassThru)
        {
            WriteObject(Network);
        }
    }

    private void HandOut(EpochMetrics metrics)
    {
        try
        {
            _metricsFile?.Write(metrics);
        }
        finally
        {
            // The network is as of these metrics, whether there is a row of them or not.
            WriteVerbose(metrics.ToString());
            if (!PassThru)
            {
                WriteObject(metrics);
            }
        }
    }

    private TrainingOptions Options(int imageCount)
    {
        RefuseBoth(nameof(Shuffle), Shuffle, nameof(NoShuffle), NoShuffle);
        RefuseBoth(nameof(ValidationCount), ValidationCount is not null, nameof(ValidationFraction), ValidationFraction is not null);
        TrainingOptions own = TrainingOptions.For(Network);
        int validationCount = ValidationFraction is double fraction
            ? TrainingOptions.CountOf(fraction, imageCount)
            : ValidationCount ?? 0;

        // A network's own batch is for MNIST; a smaller set is a batch.
        int ownBatchSize = Math.Max(1, Math.Min(own.BatchSize, imageCount - validationCount));
        return own with
        {
            Epochs = Epochs ?? own.Epochs,
            LearningRate = LearningRate ?? own.LearningRate,
            BatchSize = BatchSize ?? ownBatchSize,
            Optimizer = Optimizer ?? own.Optimizer,
            Schedule = Schedule ?? own.Schedule,
            WeightDecay = WeightDecay,
            ValidationCount = validationCount,
            EarlyStoppingPatience = EarlyStoppingPatience,
            Augmentations = Augment ?? [],
            MaximumTime = MaximumTime,
            Shuffle = IsBound(nameof(Shuffle)) ? Shuffle : IsBound(nameof(NoShuffle)) ? !NoShuffle : own.Shuffle,
            Precision = Precision ?? own.Precision,
            Threads = ThrottleLimit ?? own.Threads,
        };
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private static void RefuseBoth(string first, bool hasFirst, string second, bool hasSecond)
    {
        if (hasFirst && hasSecond)
        {
            throw new MnistException("ContradictingParameters", Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.ContradictingParameters, first, second));
        }
    }

    private void Report(TrainingProgress progress)
    {
        WriteProgress(new ProgressRecord(
            0,
            Messages.TrainingActivity,
            string.Format(Messages.Culture, Messages.TrainingStatus, progress.Epoch + 1, progress.Epochs, progress.Accuracy))
        {
            PercentComplete = (int)(100 * progress.Done),
            SecondsRemaining = progress.SecondsLeft ?? -1,
        });
    }
}
