using System.Management.Automation;
using System.Net;

namespace MnistPS.Commands;

/// <summary>Loads a data set: MNIST from the cache or a mirror, the four files of a folder, or synthetic digits.</summary>
[Cmdlet(VerbsCommon.Get, "MnistDataset", HelpUri = OnlineHelp.Folder + "Get-MnistDataset.md", DefaultParameterSetName = DownloadSet)]
[OutputType(typeof(MnistDataset))]
public sealed class GetMnistDatasetCommand : MnistCommand, IDownloadMonitor
{
    private const string DownloadSet = "Download";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string SyntheticSet = "Synthetic";

    // MNIST's count.
    private const int SyntheticTrainingCount = 60000;
    private const int SyntheticTestCount = 10000;

    // The schemes of System.Net.Http.
    private static readonly string[] _proxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private ProgressRecord? _progress;

    /// <summary>The collection: which one is loaded, or which one files are of.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [EnumName]
    public MnistFamily? Name { get; set; }

    /// <summary>The number of training images to take from the beginning; all by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? TrainingCount { get; set; }

    /// <summary>The number of test images to take from the beginning; all by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? TestCount { get; set; }

    /// <summary>The folder of downloaded files; by default that of the environment variable MNISTPS_CACHE, or the platform's.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [PathText]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    /// <summary>The mirrors to use, in order.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [ValidateNotNullOrEmpty]
    public Uri[]? BaseUri { get; set; }

    /// <summary>The proxy.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Uses the current user's credentials for the proxy.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Downloads the files even if they are cached.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Folders with MNIST's four IDX files, raw or gzipped, under their usual names; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The folders, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Draws synthetic digits.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>The seed of synthetic digits.</summary>
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
        _progress = new ProgressRecord(0, string.Format(Messages.Culture, Messages.Downloading, MnistFiles.Of(Name ?? MnistFamily.Mnist).Name), status)
        {
            PercentComplete = total is > 0 ? (int)Math.Min(100, 100 * received / total.Value) : -1,
        };
        WriteProgress(_progress);
    }

    private void Read(string folder)
        => Load(async () => (await MnistFolder.LoadAsync(folder, WriteWarning, Cancellation, Name, WriteVerbose)).Take(TrainingCount, TestCount));

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
        MnistFiles files = MnistFiles.Of(Name ?? MnistFamily.Mnist);
        using Mirrors mirrors = new(BaseUri ?? files.Mirrors, Mirrors.DefaultStallTimeout, WebProxyOf());
        MnistCache cache = new(Resolve(CachePath ?? MnistCache.DefaultFolder), files, mirrors);
        return (await cache.LoadAsync(Force, this, Cancellation)).Take(TrainingCount, TestCount);
    }

    // As Invoke-WebRequest does.
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
