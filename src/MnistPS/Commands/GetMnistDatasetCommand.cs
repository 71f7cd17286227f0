using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>Loads a data set: MNIST from the cache or a mirror, four files of a folder, or digits that are drawn.</summary>
[Cmdlet(VerbsCommon.Get, "MnistDataset", HelpUri = OnlineHelp.Folder + "Get-MnistDataset.md", DefaultParameterSetName = DownloadSet)]
[OutputType(typeof(MnistDataset))]
public sealed class GetMnistDatasetCommand : MnistCommand, IDownloadMonitor, IDisposable
{
    private const string DownloadSet = "Download";
    private const string PathSet = "Path";
    private const string SyntheticSet = "Synthetic";

    // As many as MNIST has.
    private const int SyntheticTrainingCount = 60000;
    private const int SyntheticTestCount = 10000;

    private readonly CancellationTokenSource _stop = new();
    private ProgressRecord? _progress;

    /// <summary>How many of the training images to take, the first ones; without it, all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TrainingCount { get; set; }

    /// <summary>How many of the test images to take, the first ones; without it, all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TestCount { get; set; }

    /// <summary>The folder to keep downloaded files in; without it, the one that the environment variable MNISTPS_CACHE names, or the platform's.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    /// <summary>The mirrors to use in the place of the usual ones, in this order.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [ValidateNotNullOrEmpty]
    public Uri[]? BaseUri { get; set; }

    /// <summary>Downloads the files even if they are in the cache.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>A folder with the four IDX files of MNIST, raw or gzipped, under their usual names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>Draws the digits.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>Draws other digits for another seed.</summary>
    [Parameter(ParameterSetName = SyntheticSet)]
    public ulong Seed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            Do(() =>
            {
                MnistDataset dataset = PipelineContext.Run(LoadAsync);
                if (_progress is not null)
                {
                    _progress.RecordType = ProgressRecordType.Completed;
                    WriteProgress(_progress);
                }

                WriteObject(dataset);
            });
        }
        catch (OperationCanceledException) when (Stopping)
        {
            // Nobody is left to hear of it.
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    void IDownloadMonitor.Warn(string message) => WriteWarning(message);

    void IDownloadMonitor.Report(Uri address, long received, long? total)
    {
        string status = total is null
            ? string.Format(Messages.Culture, Messages.BytesReceived, address.AbsoluteUri, received)
            : string.Format(Messages.Culture, Messages.BytesReceivedOfTotal, address.AbsoluteUri, received, total);
        _progress = new ProgressRecord(0, Messages.Downloading, status)
        {
            PercentComplete = total is > 0 ? (int)Math.Min(100, 100 * received / total.Value) : -1,
        };
        WriteProgress(_progress);
    }

    // Where -Synthetic:$false is given, MNIST is meant.
    private async Task<MnistDataset> LoadAsync()
    {
        if (Synthetic)
        {
            return await DrawAsync();
        }

        MnistDataset dataset = ParameterSetName == PathSet ? await MnistFolder.LoadAsync(Resolve(Path), _stop.Token) : await DownloadAsync();
        return dataset.Take(TrainingCount, TestCount);
    }

    private async Task<MnistDataset> DownloadAsync()
    {
        using Mirrors mirrors = new(BaseUri ?? Mirrors.Default, Mirrors.DefaultStallTimeout);
        MnistCache cache = new(Resolve(CachePath ?? MnistCache.DefaultFolder), MnistFiles.Mnist, mirrors);
        return await cache.LoadAsync(Force, this, _stop.Token);
    }

    private Task<MnistDataset> DrawAsync()
    {
        int trainingCount = TrainingCount ?? SyntheticTrainingCount;
        int testCount = TestCount ?? SyntheticTestCount;
        MnistDataset.CheckCount(trainingCount, SyntheticTrainingCount, "-TrainingCount");
        MnistDataset.CheckCount(testCount, SyntheticTestCount, "-TestCount");
        return Task.Run(() => SyntheticDigits.DrawDataset(Seed, trainingCount, testCount, _stop.Token));
    }
}
