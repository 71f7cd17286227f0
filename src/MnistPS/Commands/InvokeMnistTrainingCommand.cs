using System.Management.Automation;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Commands;

/// <summary>Trains a network, and returns each epoch's metrics as the epoch ends.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MnistTraining", HelpUri = OnlineHelp.Folder + "Invoke-MnistTraining.md", SupportsShouldProcess = true)]
[OutputType(typeof(EpochMetrics), typeof(MnistNetwork))]
public sealed class InvokeMnistTrainingCommand : DatasetCommand
{
    private MetricsCsv? _metricsFile;
    private Checkpoint? _checkpoint;

    /// <summary>The network to train.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [LiveObject<MnistNetwork>]
    public MnistNetwork Network { get; set; } = null!;

    /// <summary>The number of epochs.</summary>
    [Parameter]
    [Number<int>]
    public int? Epochs { get; set; }

    /// <summary>The learning rate, before the schedule.</summary>
    [Parameter]
    [Number<double>]
    public double? LearningRate { get; set; }

    /// <summary>Images per batch.</summary>
    [Parameter]
    [Number<int>]
    public int? BatchSize { get; set; }

    /// <summary>The optimizer.</summary>
    [Parameter]
    [EnumName]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>The learning rate schedule.</summary>
    [Parameter]
    [EnumName]
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>The weight decay.</summary>
    [Parameter]
    [Number<double>]
    public double? WeightDecay { get; set; }

    /// <summary>Images at the end of the training set to validate on.</summary>
    [Parameter]
    [Number<int>]
    public int? ValidationCount { get; set; }

    /// <summary>The share of the training set to validate on.</summary>
    [Parameter]
    [Number<double>]
    public double? ValidationFraction { get; set; }

    /// <summary>A validation set of its own.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Validation { get; set; }

    /// <summary>Epochs without a better validation error before training ends.</summary>
    [Parameter]
    [Number<int>]
    public int? EarlyStoppingPatience { get; set; }

    /// <summary>The augmentations of training images.</summary>
    [Parameter]
    [EnumName(Many = true)]
    public Augmentation[]? Augment { get; set; }

    /// <summary>The time after which training ends, even within an epoch.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? MaximumTime { get; set; }

    /// <summary>Shuffles the images in each epoch.</summary>
    [Parameter]
    public SwitchParameter Shuffle { get; set; }

    /// <summary>Keeps the images in order.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>The precision.</summary>
    [Parameter]
    [EnumName]
    public Precision? Precision { get; set; }

    /// <summary>Calibrates the confidence of the network at the end, by the validation images.</summary>
    [Parameter]
    public SwitchParameter Calibrate { get; set; }

    /// <summary>The number of threads; all processors by default.</summary>
    [Parameter]
    [Number<int>]
    public int? ThrottleLimit { get; set; }

    /// <summary>A CSV file for the metrics.</summary>
    [Parameter]
    [PathText]
    [ValidateNotNullOrEmpty]
    public string? MetricsPath { get; set; }

    /// <summary>Continues an existing metrics file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>A checkpoint file, from which the training can resume.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string? CheckpointPath { get; set; }

    /// <summary>Epochs between two checkpoints.</summary>
    [Parameter]
    [Number<int>]
    public int? CheckpointEvery { get; set; }

    /// <summary>Resumes from an existing checkpoint.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces an existing metrics file and checkpoint.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the trained network instead of the metrics.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The options of the training.</summary>
    /// <param name="own">The default options of the network.</param>
    /// <param name="imageCount">The number of training images.</param>
    internal TrainingOptions Options(TrainingOptions own, int imageCount)
    {
        RefuseBoth(nameof(Shuffle), Shuffle, nameof(NoShuffle), NoShuffle);
        RefuseBoth(nameof(ValidationCount), ValidationCount is not null, nameof(ValidationFraction), ValidationFraction is not null);
        int validationCount = ValidationFraction is double fraction
            ? TrainingOptions.CountOf(fraction, imageCount)
            : ValidationCount ?? 0;

        // The network's default batch size is for MNIST. A smaller set is one batch.
        int ownBatchSize = Math.Max(1, Math.Min(own.BatchSize, imageCount - validationCount));
        return own with
        {
            Epochs = Epochs ?? own.Epochs,
            LearningRate = LearningRate ?? own.LearningRate,
            BatchSize = BatchSize ?? ownBatchSize,
            Optimizer = Optimizer ?? own.Optimizer,
            Schedule = Schedule ?? own.Schedule,
            WeightDecay = WeightDecay ?? 0,
            ValidationCount = validationCount,
            EarlyStoppingPatience = EarlyStoppingPatience,
            Augmentations = Augment ?? [],
            MaximumTime = MaximumTime,
            Calibrate = Calibrate,
            Shuffle = IsBound(nameof(Shuffle)) ? Shuffle : IsBound(nameof(NoShuffle)) ? !NoShuffle : own.Shuffle,
            Precision = Precision ?? own.Precision,
            Threads = ThrottleLimit ?? own.Threads,
        };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _metricsFile?.Dispose();
        _checkpoint?.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override void Process(MnistDataset dataset)
    {
        TrainingOptions options = Options(TrainingOptions.For(Network), dataset.Training.Count);
        if (Validation is not null)
        {
            dataset = dataset.WithValidation(ValidationImages());
        }

        CheckFiles();

        // For -Verbose.
        string training = string.Format(Messages.Culture, Messages.TrainingBegins, Network, dataset, options);
        if (!ShouldProcess(training, training, Messages.TrainingActivity))
        {
            return;
        }

        if (CheckpointPath is not null)
        {
            _checkpoint = Checkpoint.Open(Resolve(CheckpointPath), CheckpointEvery ?? 1, Resume, Force, Network, dataset, options, Cancellation);
        }

        IEnumerable<EpochMetrics> epochs = Trainer.Train(Network, dataset, options, Report, Cancellation, _checkpoint);
        if (MetricsPath is not null)
        {
            _metricsFile ??= OpenMetricsFile();
        }

        TellOfCheckpoint();
        try
        {
            NetworkState before = _checkpoint?.State ?? Network.State;
            foreach (EpochMetrics metrics in epochs)
            {
                HandOut(metrics, before);
                before = Network.State;
            }
        }
        finally
        {
            // Unless the pipeline is stopped: writing is refused then, and hosts remove the progress bar themselves.
            if (!Stopping)
            {
                WriteProgress(new ProgressRecord(0, Messages.TrainingActivity, " ") { RecordType = ProgressRecordType.Completed });
            }
        }

        if (PassThru)
        {
            WriteObject(Network);
        }
        else if (_checkpoint?.Position is { IsFinished: true, FirstEpoch: int first })
        {
            foreach (EpochMetrics metrics in Network.History.Skip(first))
            {
                WriteObject(metrics);
            }
        }
    }

    private void CheckFiles()
    {
        RefuseBoth(nameof(Append), Append, nameof(Force), Force);
        RefuseBoth(nameof(Resume), Resume, nameof(Force), Force);
        foreach (string parameter in (string[])[nameof(Resume), nameof(CheckpointEvery)])
        {
            if (CheckpointPath is null && IsBound(parameter))
            {
                throw new MnistException(nameof(Messages.NoCheckpointPath), Fault.InvalidArgument,
                    string.Format(Messages.Culture, Messages.NoCheckpointPath, parameter));
            }
        }

        if (_checkpoint is not null)
        {
            throw new MnistException(nameof(Messages.OneDatasetACheckpoint), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.OneDatasetACheckpoint, CheckpointPath), Dataset);
        }
    }

    private MetricsCsv OpenMetricsFile()
    {
        string path = Resolve(MetricsPath!);

        // A resumed training continues the file of its first part.
        IReadOnlyList<EpochMetrics> history = _checkpoint?.State?.History ?? Network.History;
        return _checkpoint?.Position is { } position
            ? MetricsCsv.Append(path, history, position.FirstEpoch, isResumed: true)
            : Append ? MetricsCsv.Append(path, history, history.Count, isResumed: false) : new MetricsCsv(path, Force);
    }

    private void TellOfCheckpoint()
    {
        if (_checkpoint?.Position is { } position)
        {
            int epochs = _checkpoint.State!.History.Count;
            if (position.IsFinished)
            {
                WriteWarning(string.Format(Messages.Culture, Messages.TrainingIsFinished, CheckpointPath, epochs - position.FirstEpoch));
            }
            else
            {
                WriteVerbose(string.Format(Messages.Culture, Messages.TrainingGoesOn, CheckpointPath, epochs));
            }
        }
    }

    private void HandOut(EpochMetrics metrics, NetworkState before)
    {
        // The checkpoint is written first: a row lost by a kill is written from it on resume.
        try
        {
            _checkpoint?.Write();
        }
        finally
        {
            try
            {
                _metricsFile?.Write(metrics);
            }
            finally
            {
                // The network is as of these metrics, with or without a file.
                Emit(metrics, before);
            }
        }
    }

    /// <summary>Writes metrics to the pipeline. If a stopped pipeline refuses them, the network's state before them is restored.</summary>
    private void Emit(EpochMetrics metrics, NetworkState before)
    {
        bool isTaken = PassThru;
        try
        {
            WriteVerbose(metrics.ToString());
            if (!PassThru)
            {
                WriteObject(Taken(), enumerateCollection: true);
            }
        }
        catch (PipelineStoppedException) when (!isTaken)
        {
            Network.State = before;
            throw;
        }

        // The engine enumerates this only if it goes on.
        IEnumerable<EpochMetrics> Taken()
        {
            isTaken = true;
            yield return metrics;
        }
    }

    private ImageSet ValidationImages()
    {
        RefuseBoth(nameof(Validation), hasFirst: true, nameof(ValidationCount), ValidationCount is not null);
        RefuseBoth(nameof(Validation), hasFirst: true, nameof(ValidationFraction), ValidationFraction is not null);
        if (Validation.Unwrap() is ImageSet images)
        {
            return images;
        }

        DatasetBuilder builder = new();
        new LabelledImageInput(Messages.ValidationInput, builder.Add, ThrowTerminatingError).Read(Validation, 0);
        return builder.ToSet();
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

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
