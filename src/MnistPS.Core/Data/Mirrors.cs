using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Text;

namespace MnistPS;

/// <summary>Web addresses of the four files, gzipped, under their usual names.</summary>
internal sealed class Mirrors : IDisposable
{
    // Bytes by which the longest gzip, without compression, can exceed its content, header included.
    private const int MaximumOverhead = 1 << 16;

    // At this speed MNIST takes half a day.
    private const int LeastBytesPerSecond = 256;

    private readonly HttpClient _client;
    private readonly List<Uri> _mirrors;
    private readonly TimeSpan _stallTimeout;
    private readonly TimeSpan _speedWindow;

    /// <summary>Mirrors to be tried in order.</summary>
    /// <param name="mirrors">Folders, at least one.</param>
    /// <param name="stallTimeout">How long to wait for the next byte.</param>
    /// <param name="proxy">The proxy, or null for that of the system.</param>
    /// <param name="speedWindow">The time over which 256 bytes a second must arrive; 30 s by default.</param>
    /// <exception cref="MnistException">One is not an absolute http or https address (<c>InvalidMirror</c>).</exception>
    public Mirrors(IEnumerable<Uri> mirrors, TimeSpan stallTimeout, IWebProxy? proxy = null, TimeSpan? speedWindow = null)
    {
        _mirrors = [.. mirrors];
        _stallTimeout = stallTimeout;
        _speedWindow = speedWindow ?? TimeSpan.FromSeconds(30);
        SocketsHttpHandler handler = new();
        handler.Proxy = proxy ?? handler.Proxy;
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new("MnistPS", typeof(Mirrors).Assembly.GetName().Version!.ToString(3)));
        if (_mirrors.Find(mirror => !mirror.IsAbsoluteUri || (mirror.Scheme != Uri.UriSchemeHttp && mirror.Scheme != Uri.UriSchemeHttps)) is { } bad)
        {
            throw new MnistException("InvalidMirror", Fault.InvalidArgument,
                $"'{bad.OriginalString}' cannot be a mirror; an address such as {Default[0]} was expected. For a folder, use -Path.", bad);
        }
    }

    /// <summary>The mirrors of MNIST.</summary>
    public static IReadOnlyList<Uri> Default { get; } =
    [
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    ];

    /// <summary>How long a mirror may send nothing before the next one is tried.</summary>
    public static TimeSpan DefaultStallTimeout { get; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Fetches a file from the first mirror that has it, and stores it (<see cref="AtomicFile"/>), so that no process reads a partial file.
    /// </summary>
    /// <exception cref="MnistException">No mirror sent it (<c>DownloadFailed</c>), or it cannot be stored (<c>CacheNotWritable</c>).</exception>
    public async Task<IdxFile> FetchAsync(MnistFile file, string target, IDownloadMonitor monitor, CancellationToken cancellation)
    {
        StringBuilder reasons = new();
        for (int i = 0; i < _mirrors.Count; i++)
        {
            Uri mirror = _mirrors[0];
            try
            {
                return await FetchAsync(AddressOf(mirror, file), file, target, monitor, cancellation);
            }
            catch (MnistException fault) when (fault.Fault is Fault.Connection or Fault.InvalidData)
            {
                monitor.Warn(fault.Message);
                reasons.Append(fault.Message).Append('\n');

                // It is tried last for the next file.
                _mirrors.RemoveAt(0);
                _mirrors.Add(mirror);
            }
        }

        throw new MnistException("DownloadFailed", Fault.Connection,
            $"No mirror sent {file.Name}.gz.\n{reasons}Use -Path with a folder that holds the four files of {file.Collection}, or -Synthetic for digits that are drawn here.",
            target);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Uri AddressOf(Uri mirror, MnistFile file)
        => new UriBuilder(mirror) { Path = $"{mirror.AbsolutePath.TrimEnd('/')}/{file.Name}.gz" }.Uri;

    private async Task<IdxFile> FetchAsync(
        Uri address, MnistFile file, string target, IDownloadMonitor monitor, CancellationToken cancellation)
    {
        using AtomicFile stored = new(target);
        FileStream stream = Open(stored, target);
        await ReceiveAsync(address, bytes => Write(stream, bytes, stored, target), file.Length + MaximumOverhead, monitor, cancellation);
        stream.Position = 0;
        IdxFile content = file.Verify(IdxFile.Read(stream, address.AbsoluteUri, file.ItemShape, cancellation, file.Length), stream);
        Store(stored, target, monitor);
        return content;
    }

    private async Task ReceiveAsync(
        Uri address, Action<ReadOnlySpan<byte>> take, long maximumLength, IDownloadMonitor monitor, CancellationToken cancellation)
    {
        long received = 0;
        using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            stall.CancelAfter(_stallTimeout);
            using HttpResponseMessage response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw Failed(address, $"answered {(int)response.StatusCode} ({response.StatusCode})");
            }

            using Stream body = await response.Content.ReadAsStreamAsync(stall.Token);
            byte[] buffer = new byte[1 << 16];
            Stopwatch clock = Stopwatch.StartNew();
            long receivedBefore = 0;
            while (true)
            {
                stall.CancelAfter(_stallTimeout);
                int count = await body.ReadAsync(buffer, stall.Token);
                if (count == 0)
                {
                    return;
                }

                received += count;
                if (clock.Elapsed > _speedWindow)
                {
                    if (received - receivedBefore < LeastBytesPerSecond * clock.Elapsed.TotalSeconds)
                    {
                        throw Failed(address, string.Create(CultureInfo.InvariantCulture,
                            $"is too slow: {received - receivedBefore} bytes came in {clock.Elapsed.TotalSeconds:0.#} s, after {receivedBefore}; at least {LeastBytesPerSecond} a second were expected"));
                    }

                    receivedBefore = received;
                    clock.Restart();
                }

                if (received > maximumLength)
                {
                    throw Failed(address, $"sent more than {maximumLength} bytes, which is more than the file can have");
                }

                take(buffer.AsSpan(0, count));
                monitor.Report(address, received, response.Content.Headers.ContentLength);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(address, $"stalled: no byte came for {_stallTimeout.TotalSeconds} s, after {received} bytes");
        }
        catch (HttpRequestException e) when (e.GetBaseException() is AuthenticationException untrusted)
        {
            throw Failed(address, $"has a certificate that is not trusted here, or the connection is listened in on: {untrusted.Message.TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is not (MnistException or OperationCanceledException or OutOfMemoryException))
        {
            // Whatever the client throws, such as for a redirect to a bad address, the next mirror may work.
            throw Failed(address, $"failed after {received} bytes: {e.GetBaseException().Message.TrimEnd('.')}", e);
        }
    }

    private static FileStream Open(AtomicFile stored, string target)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            return stored.Open();
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw NotWritable(target, stored.Told(e));
        }
    }

    private static void Write(FileStream stream, ReadOnlySpan<byte> bytes, AtomicFile stored, string target)
    {
        try
        {
            stream.Write(bytes);
        }
        catch (IOException e)
        {
            throw NotWritable(target, stored.Told(e));
        }
    }

    // Not fatal, since the content is valid and in memory: Windows may refuse while another process reads or replaces the target.
    private static void Store(AtomicFile stored, string target, IDownloadMonitor monitor)
    {
        try
        {
            stored.Commit(replace: true);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            monitor.Warn($"'{target}' was fetched but could not be kept: {stored.Told(e).Message}");
        }
    }

    private static MnistException Failed(Uri address, string what, Exception? cause = null)
        => new("MirrorFailed", Fault.Connection, $"'{address.AbsoluteUri}' {what}.", address, cause);

    private static MnistException NotWritable(string path, Exception cause)
        => new("CacheNotWritable", Fault.Write,
            $"'{path}' cannot be written: {FileFault.Reason(path, cause)} Give a -CachePath that you may write to, or set MNISTPS_CACHE to one.", path, cause);
}
