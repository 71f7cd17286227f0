using System.Management.Automation;
using System.Net;

namespace MnistPS.Commands;

/// <summary>The base of cmdlets that load a data set from the cache or a mirror: their parameters and progress.</summary>
public abstract class DownloadCommand : MnistCommand, IDownloadMonitor
{
    /// <summary>The parameter set of the cache and the mirrors.</summary>
    protected const string DownloadSet = "Download";

    // The schemes of System.Net.Http.
    private static readonly string[] _proxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private ProgressRecord? _progress;

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

    /// <summary>The collection to load, or null for MNIST.</summary>
    private protected abstract MnistFamily? Family { get; }

    void IDownloadMonitor.Warn(string message) => WriteWarning(message);

    void IDownloadMonitor.Report(Uri address, long received, long? total)
    {
        const double Megabyte = 1e6;
        string file = address.Segments[^1];
        string status = total is null
            ? string.Format(Messages.Culture, Messages.MegabytesReceived, file, received / Megabyte)
            : string.Format(Messages.Culture, Messages.MegabytesReceivedOfTotal, file, received / Megabyte, total / Megabyte);
        _progress = new ProgressRecord(0, string.Format(Messages.Culture, Messages.Downloading, MnistFiles.Of(Family ?? MnistFamily.Mnist).Name), status)
        {
            PercentComplete = total is > 0 ? (int)Math.Min(100, 100 * received / total.Value) : -1,
        };
        WriteProgress(_progress);
    }

    /// <summary>Runs work on the pipeline's thread, and completes its progress.</summary>
    private protected T Run<T>(Func<Task<T>> work)
    {
        T result = PipelineContext.Run(work);
        if (_progress is not null)
        {
            _progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(_progress);
        }

        return result;
    }

    /// <summary>Runs work with the cache and the mirrors.</summary>
    private protected async Task<T> FromCacheAsync<T>(Func<MnistCache, Task<T>> work)
    {
        MnistFiles files = MnistFiles.Of(Family ?? MnistFamily.Mnist);
        using Mirrors mirrors = new(BaseUri ?? files.Mirrors, Mirrors.DefaultStallTimeout, WebProxyOf());
        return await work(new MnistCache(Resolve(CachePath ?? MnistCache.DefaultFolder), files, mirrors));
    }

    // Like Invoke-WebRequest.
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
}
