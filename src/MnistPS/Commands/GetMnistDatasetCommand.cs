using System.Management.Automation;
using System.Net;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Loads a data set: MNIST from the cache or a mirror, four files of a folder, or digits that are drawn.</summary>
[Cmdlet(VerbsCommon.Get, "MnistDataset", HelpUri = OnlineHelp.Folder + "Get-MnistDataset.md", DefaultParameterSetName = DownloadSet)]
[OutputType(typeof(MnistDataset))]
public sealed class GetMnistDatasetCommand : MnistCommand, IDownloadMonitor
{
    private const string DownloadSet = "Download";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string SyntheticSet = "Synthetic";

    // As many as MNIST has.
    private const int SyntheticTrainingCount = 60000;
    private const int SyntheticTestCount = 10000;

    // What System.Net.Http knows.
    private static readonly string[] _proxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private ProgressRecord? _progress;

    /// <summary>How many of the training images to take, the first ones; without it, all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? TrainingCount { get; set; }

    /// <summary>How many of the test images to take, the first ones; without it, all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? TestCount { get; set; }

    /// <summary>The folder to keep downloaded files in; without it, the one that the environment variable MNISTPS_CACHE names, or the platform's.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [PathText]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    /// <summary>The mirrors to use in the place of the usual ones, in this order.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [ValidateNotNullOrEmpty]
    public Uri[]? BaseUri { get; set; }

    /// <summary>The proxy to go through.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who one is to the proxy.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Is to the proxy who the current user is.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Downloads the files even if they are in the cache.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Folders with the four IDX files of MNIST, raw or gzipped, under their usual names; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Such folders by their very names.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Draws the digits.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>Draws other digits for another seed.</summary>
    [Parameter(ParameterSetName = SyntheticSet)]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ForEachPath(Path, isLiteral: false, Read);
                break;
            case LiteralPathSet:
                ForEachPath(LiteralPath, isLiteral: true, Read);
                break;
            default:
                Do(() => Load(Synthetic ? DrawAsync : DownloadAsync));
                break;
        }
    }

    void IDownloadMonitor.Warn(string message) => WriteWarning(message);

    void IDownloadMonitor.Report(Uri address, long received, long? total)
    {
        const double Megabyte = 1e6;
        string file = address.Segments[^1];
        string status = total is null
            ? string.Format(Messages.Culture, Messages.MegabytesReceived, file, received / Megabyte)
            : string.Format(Messages.Culture, Messages.MegabytesReceivedOfTotal, file, received / Megabyte, total / Megabyte);
        _progress = new ProgressRecord(0, Messages.Downloading, status)
        {
            PercentComplete = total is > 0 ? (int)Math.Min(100, 100 * received / total.Value) : -1,
        };
        WriteProgress(_progress);
    }

    private void Read(string path)
        => Load(async () => (await DatasetImport.LoadAsync(path, WriteWarning, Cancellation)).Take(TrainingCount, TestCount));

    private void Load(Func<Task<MnistDataset>> load)
    {
        MnistDataset dataset = PipelineContext.Run(load);
        if (_progress is not null)
        {
            _progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(_progress);
        }

        WriteObject(dataset);
    }

    private async Task<MnistDataset> DownloadAsync()
    {
        using Mirrors mirrors = new(BaseUri ?? Mirrors.Default, Mirrors.DefaultStallTimeout, WebProxyOf());
        MnistCache cache = new(Resolve(CachePath ?? MnistCache.DefaultFolder), MnistFiles.Mnist, mirrors);
        return (await cache.LoadAsync(Force, this, Cancellation)).Take(TrainingCount, TestCount);
    }

    // As Invoke-WebRequest has it.
    private WebProxy? WebProxyOf()
    {
        RefuseBoth(nameof(ProxyCredential), ProxyCredential is not null, nameof(ProxyUseDefaultCredentials), ProxyUseDefaultCredentials);
        if (Proxy is null)
        {
            return ProxyCredential is null && !ProxyUseDefaultCredentials
                ? null
                : throw new MnistException(nameof(Messages.CredentialWithoutProxy), Fault.InvalidArgument, Messages.CredentialWithoutProxy);
        }

        if (!Proxy.IsAbsoluteUri || !_proxySchemes.Contains(Proxy.Scheme))
        {
            throw new MnistException(nameof(Messages.InvalidProxy), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.InvalidProxy, Proxy.OriginalString), Proxy);
        }

        return new WebProxy(Proxy)
        {
            UseDefaultCredentials = ProxyUseDefaultCredentials,
            Credentials = ProxyUseDefaultCredentials ? CredentialCache.DefaultCredentials : ProxyCredential?.GetNetworkCredential(),
        };
    }

    private Task<MnistDataset> DrawAsync()
    {
        int trainingCount = TrainingCount ?? SyntheticTrainingCount;
        int testCount = TestCount ?? SyntheticTestCount;
        MnistDataset.CheckCount(trainingCount, SyntheticTrainingCount, "-TrainingCount");
        MnistDataset.CheckCount(testCount, SyntheticTestCount, "-TestCount");
        return Task.Run(() => SyntheticDigits.DrawDataset(Seed ?? 0, trainingCount, testCount, Cancellation));
    }
}
