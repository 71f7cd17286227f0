using System.Management.Automation;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Commands;

/// <summary>Trains a network and hands out each epoch's metrics the moment it ends.</summary>
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

    /// <summary>Passes over the training images.</summary>
    [Parameter]
    [Number<int>]
    public int? Epochs { get; set; }

    /// <summary>The rate of a step, before the schedule.</summary>
    [Parameter]
    [Number<double>]
    public double? LearningRate { get; set; }

    /// <summary>Images a step.</summary>
    [Parameter]
    [Number<int>]
    public int? BatchSize { get; set; }

    /// <summary>How gradients become steps.</summary>
    [Parameter]
    [EnumName]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>How the learning rate moves.</summary>
    [Parameter]
    [EnumName]
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>How strongly parameters are pulled towards 0.</summary>
    [Parameter]
    [Number<double>]
    public double? WeightDecay { get; set; }

    /// <summary>Images at the end of the training set that are never trained on.</summary>
    [Parameter]
    [Number<int>]
    public int? ValidationCount { get; set; }

    /// <summary>The same as a share of the training set.</summary>
    [Parameter]
    [Number<double>]
    public double? ValidationFraction { get; set; }

    /// <summary>Images of a set of their own to validate with.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Validation { get; set; }

    /// <summary>Epochs without a better validation error after which training ends.</summary>
    [Parameter]
    [Number<int>]
    public int? EarlyStoppingPatience { get; set; }

    /// <summary>How images are varied before they are trained on.</summary>
    [Parameter]
    [EnumName(Many = true)]
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
    [EnumName]
    public Precision? Precision { get; set; }

    /// <summary>Makes the confidence of the network right at the end, by the validation images.</summary>
    [Parameter]
    public SwitchParameter Calibrate { get; set; }

    /// <summary>Threads; all processors if it is not given.</summary>
    [Parameter]
    [Number<int>]
    public int? ThrottleLimit { get; set; }

    /// <summary>A CSV file to write the metrics to.</summary>
    [Parameter]
    [PathText]
    [ValidateNotNullOrEmpty]
    public string? MetricsPath { get; set; }

    /// <summary>Goes on with the metrics file if it is there.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>A file to write the network and its training to, from which it can go on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string? CheckpointPath { get; set; }

    /// <summary>After how many epochs that file is written anew.</summary>
    [Parameter]
    [Number<int>]
    public int? CheckpointEvery { get; set; }

    /// <summary>Goes on from the checkpoint if it is there.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces the metrics file and the checkpoint if they are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands out the trained network instead of the metrics.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

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
        TrainingOptions options = Options(dataset.Training.Count);
        if (Validation is not null)
        {
            dataset = dataset.WithValidation(ValidationImages());
        }

        CheckFiles();

        // With -Verbose this is what is said of the training.
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

        // A training that goes on has the file of its first part.
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
        // The checkpoint comes first: a row that a kill keeps back is written from it when the training goes on.
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
                // The network is as of these metrics, whether there is a file of them or not.
                Emit(metrics, before);
            }
        }
    }

    /// <summary>Hands metrics to the next command. If the pipeline is stopped and refuses them, the network is as it was before them.</summary>
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

        // Only an engine that goes on asks for what is in it.
        IEnumerable<EpochMetrics> Taken()
        {
            isTaken = true;
            yield return metrics;
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
