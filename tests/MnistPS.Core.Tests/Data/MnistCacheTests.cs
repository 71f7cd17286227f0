using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;

namespace MnistPS.Tests;

/// <summary>The cache and its mirrors, with four small files instead of MNIST's and servers on this machine.</summary>
public sealed class MnistCacheTests : IDisposable
{
    private const string First = "train-images-idx3-ubyte.gz";

    private static readonly Dictionary<string, byte[]> _contents = new()
    {
        [First] = IdxBytes.Images(30),
        ["train-labels-idx1-ubyte.gz"] = IdxBytes.Labels(30),
        ["t10k-images-idx3-ubyte.gz"] = IdxBytes.Images(20, first: 5),
        ["t10k-labels-idx1-ubyte.gz"] = IdxBytes.Labels(20, first: 5),
    };

    private static readonly Dictionary<string, byte[]> _files = _contents.ToDictionary(file => file.Key, file => IdxBytes.Gzip(file.Value));

    // A small download that is far too large when decompressed.
    private static readonly byte[] _bomb = Bomb();

    private static readonly MnistFiles _pinned = new(
        Pinned(MnistFiles.Mnist.TrainingImages), Pinned(MnistFiles.Mnist.TrainingLabels), Pinned(MnistFiles.Mnist.TestImages), Pinned(MnistFiles.Mnist.TestLabels));

    private readonly TemporaryFolder _folder = new();
    private readonly MonitorLog _log = new();
    private readonly TimeSpan _stallTimeout = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> BadMirrors => new()
    {
        { "404", "answered 404 (NotFound)." },
        { "broken off", "failed after 100 bytes: " },
        { "a redirect to a file", "failed after 0 bytes: " },
        { "a bomb", "declares 78400000 elements; 23520 were expected" },
        { "empty", "is empty" },
        { "a web page", "is a web page (it begins with '<html>Log in to the network</html>'); an IDX file was expected" },
        { "another file", "is not train-images-idx3-ubyte of MNIST: the SHA-256 of its content is " },
        { "truncated", "is truncated or corrupt" },
        { "endless", "which is more than the file can have" },
    };

    public static bool IsUnix => !OperatingSystem.IsWindows();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DownloadsTheFourFilesOnce()
    {
        using LoopbackServer server = new(_files);
        MnistDataset dataset = await LoadAsync([server.Address]);
        Assert.Equal("MNIST (30, 784) (20, 784)", dataset.ToString());
        Assert.Equal(_contents[First][16..(16 + 784)], dataset.Training[0].Pixels);
        Assert.Equal(5, dataset.Test[0].Label);
        Assert.Equal(_files.Keys, server.Requests);
        Assert.Equal(_files.Keys.Order(StringComparer.Ordinal), _folder.FileNames);
        Assert.Equal(_files[First], File.ReadAllBytes(Path.Combine(_folder.Path, First)));
        Assert.Empty(_log.Warnings);

        await LoadAsync([server.Address]);
        Assert.Equal(4, server.Requests.Count);
        await LoadAsync([server.Address], force: true);
        Assert.Equal(8, server.Requests.Count);
    }

    [Fact]
    public async Task ReportsTheBytesAsTheyCome()
    {
        using LoopbackServer server = new(_files);
        await LoadAsync([server.Address]);
        foreach ((string name, byte[] content) in _files)
        {
            var reports = _log.Reports.Where(report => report.Address.AbsolutePath == $"/mnist/{name}").ToArray();
            Assert.Equal(content.Length, reports[^1].Received);
            Assert.All(reports, report => Assert.Equal(content.Length, report.Total));
            Assert.Equal(reports.Select(report => report.Received).Order(), reports.Select(report => report.Received));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("another gzip")]
    [InlineData("raw")]
    public async Task AnyWrapperOfTheRightContentIsBelieved(string wrapper)
    {
        foreach ((string name, byte[] content) in _contents)
        {
            _folder.Put(name, wrapper switch
            {
                "gzip" => _files[name],
                "another gzip" => [.. IdxBytes.Gzip(content[..10]), .. IdxBytes.Gzip(content[10..])],
                _ => content,
            });
        }

        Assert.Equal(30, (await LoadAsync([Nowhere()])).Training.Count);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task ABadFileIsReportedAndFetchedAgain()
    {
        using LoopbackServer server = new(_files);
        await LoadAsync([server.Address]);
        _folder.Put(First, "<html>"u8.ToArray());
        _folder.Put("t10k-labels-idx1-ubyte.gz", _files["t10k-labels-idx1-ubyte.gz"][..^3]);

        MnistDataset dataset = await LoadAsync([server.Address]);
        Assert.Equal(_contents[First][16..(16 + 784)], dataset.Training[0].Pixels);
        Assert.Equal(2, _log.Warnings.Count);
        Assert.Contains(Path.Combine(_folder.Path, First), _log.Warnings[0], StringComparison.Ordinal);
        Assert.EndsWith("It is fetched again.", _log.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("truncated", _log.Warnings[1], StringComparison.Ordinal);
        Assert.Equal([First, "t10k-labels-idx1-ubyte.gz"], server.Requests.Skip(4));
        Assert.Equal(_files[First], File.ReadAllBytes(Path.Combine(_folder.Path, First)));
    }

    // Fashion-MNIST has the same names and shapes.
    [Theory]
    [InlineData(30, 28, 28, "the SHA-256 of its content is ")]
    [InlineData(31, 28, 28, "the SHA-256 of its content is ")]
    [InlineData(30, 32, 32, "32 as the size of dimension 2")]
    public async Task ASoundFileOfAnotherCollectionIsSomebodysAndStays(int count, int rows, int columns, string reason)
    {
        byte[] other = IdxBytes.Gzip(IdxBytes.WithHeader([(uint)count, (uint)rows, (uint)columns], new byte[count * rows * columns]));
        _folder.Put(First, other);
        using LoopbackServer server = new(_files);
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => LoadAsync([server.Address]));
        Assert.Equal("CacheHoldsOther", fault.Id);
        Assert.Equal(Fault.InvalidData, fault.Fault);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"To read that, use -Path '{_folder.Path}'", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Equal(other, File.ReadAllBytes(Path.Combine(_folder.Path, First)));

        // -Force replaces it.
        Assert.Equal(30, (await LoadAsync([server.Address], force: true)).Training.Count);
        Assert.Equal(_files[First], File.ReadAllBytes(Path.Combine(_folder.Path, First)));
    }

    [Fact]
    public async Task APipeInTheCacheIsNamedAndStays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes on Windows.");
        string pipe = _folder.PutPipe(First);
        using LoopbackServer server = new(_files);
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => LoadAsync([server.Address]));
        Assert.Equal("FileNotReadable", fault.Id);
        Assert.Contains("It is a pipe", fault.Message, StringComparison.Ordinal);
        Assert.Equal("a pipe", SpecialFile.KindOf(pipe));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task AMirrorThatDripsIsGivenUp()
    {
        using LoopbackServer dripping = new(async (_, response) =>
        {
            response.ContentLength64 = 1000;
            try
            {
                while (true)
                {
                    await response.OutputStream.WriteAsync(new byte[1]);
                    await response.OutputStream.FlushAsync();
                    await Task.Delay(200);
                }
            }
            catch (HttpListenerException)
            {
                // The client has closed the connection.
            }
        });
        using LoopbackServer good = new(_files);
        using Mirrors mirrors = new([dripping.Address, good.Address], _stallTimeout, speedWindow: TimeSpan.FromSeconds(1));
        MnistDataset dataset = await new MnistCache(_folder.Path, _pinned, mirrors).LoadAsync(false, _log, TestContext.Current.CancellationToken);
        Assert.Equal(30, dataset.Training.Count);
        string warning = Assert.Single(_log.Warnings);
        Assert.StartsWith($"'{dripping.Address}/{First}' is too slow: ", warning, StringComparison.Ordinal);
        Assert.EndsWith("at least 256 a second were expected.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateThatIsNotTrustedIsNamedAsSuch()
    {
        using TlsServer server = new();
        using LoopbackServer good = new(_files);
        await LoadAsync([server.Address, good.Address]);
        string warning = Assert.Single(_log.Warnings);
        Assert.StartsWith($"'{server.Address}/{First}' has a certificate that is not trusted here, or the connection is listened in on: ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProxyIsAskedAndGivenWhoOneIs()
    {
        ConcurrentQueue<string?> credentials = new();
        using LoopbackServer proxy = new(async (name, response, request) =>
        {
            credentials.Enqueue(request.Headers["Proxy-Authorization"]);
            if (request.Headers["Proxy-Authorization"] is null)
            {
                response.Headers["Proxy-Authenticate"] = "Basic realm=\"proxy\"";
                await LoopbackServer.StatusAsync(response, 407);
                return;
            }

            await LoopbackServer.SendAsync(response, _files[name]);
        });
        WebProxy way = new(new Uri(proxy.Address.GetLeftPart(UriPartial.Authority))) { Credentials = new NetworkCredential("user", "secret") };

        // The listener answers to its own name only. The credentials that arrive show that it is used as a proxy.
        using Mirrors mirrors = new([proxy.Address], _stallTimeout, way);
        MnistDataset dataset = await new MnistCache(_folder.Path, _pinned, mirrors).LoadAsync(false, _log, TestContext.Current.CancellationToken);
        Assert.Equal(30, dataset.Training.Count);
        Assert.Contains($"Basic {Convert.ToBase64String("user:secret"u8)}", credentials);
    }

    [Fact]
    public async Task TheClientSaysWhoItIs()
    {
        ConcurrentQueue<string?> agents = new();
        using LoopbackServer server = new(async (name, response, request) =>
        {
            agents.Enqueue(request.UserAgent);
            await LoopbackServer.SendAsync(response, _files[name]);
        });
        await LoadAsync([server.Address]);
        Assert.All(agents, agent => Assert.Equal($"MnistPS/{typeof(Mirrors).Assembly.GetName().Version!.ToString(3)}", agent));
    }

    [Fact]
    public async Task AMirrorKeepsItsQueryAndItsEscapes()
    {
        using LoopbackServer server = new(_files);
        await LoadAsync([new Uri(server.Address + "/a%20b/?key=1")]);
        Assert.Equal($"{server.Address}/a%20b/{First}?key=1", _log.Reports[0].Address.AbsoluteUri);
    }

    [Theory]
    [MemberData(nameof(BadMirrors))]
    public async Task AMirrorOfNoUseIsNamedAndTheNextIsTried(string what, string reason)
    {
        using LoopbackServer bad = BadServer(what);
        using LoopbackServer good = new(_files);
        MnistDataset dataset = await LoadAsync([bad.Address, good.Address]);
        Assert.Equal(30, dataset.Training.Count);
        string warning = Assert.Single(_log.Warnings);
        Assert.StartsWith($"'{bad.Address}/{First}' ", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);

        // It is not asked again for the other files.
        Assert.Single(bad.Requests);
        Assert.Equal(4, good.Requests.Count);
        Assert.Equal(_files.Keys.Order(StringComparer.Ordinal), _folder.FileNames);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AMirrorThatStallsIsGivenUp(bool afterSomeBytes)
    {
        using LoopbackServer bad = Stalling(afterSomeBytes);
        using LoopbackServer good = new(_files);
        await LoadAsync([bad.Address, good.Address], stallTimeout: TimeSpan.FromSeconds(1.5));
        string warning = Assert.Single(_log.Warnings);
        Assert.Equal($"'{bad.Address}/{First}' stalled: no byte came for 1.5 s, after {(afterSomeBytes ? 100 : 0)} bytes.", warning);
        Assert.Equal(_files.Keys.Order(StringComparer.Ordinal), _folder.FileNames);
    }

    // The whole download takes longer than the timeout, which is for a single pause.
    [Fact]
    public async Task AMirrorThatIsOnlySlowIsWaitedFor()
    {
        using LoopbackServer slow = new(async (name, response) =>
        {
            byte[] content = _files[name];
            response.ContentLength64 = content.Length;
            foreach (byte[] part in content.Chunk(name == First ? 1 + content.Length / 6 : content.Length))
            {
                await response.OutputStream.WriteAsync(part);
                await response.OutputStream.FlushAsync();
                await Task.Delay(name == First ? 500 : 0);
            }

            response.Close();
        });
        await LoadAsync([slow.Address], stallTimeout: TimeSpan.FromSeconds(2));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task WhenAllFailOneErrorNamesEachAndTheWaysOn()
    {
        using LoopbackServer missing = BadServer("404");
        using LoopbackServer page = BadServer("a web page");
        Uri nowhere = Nowhere();
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => LoadAsync([missing.Address, page.Address, nowhere]));
        Assert.Equal("DownloadFailed", fault.Id);
        Assert.Equal(Fault.Connection, fault.Fault);
        Assert.Equal(3, _log.Warnings.Count);
        Assert.All(_log.Warnings, warning => Assert.Contains(warning, fault.Message, StringComparison.Ordinal));
        Assert.Contains($"'{missing.Address}/{First}' answered 404", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{page.Address}/{First}' is a web page", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{nowhere}/{First}' failed after 0 bytes: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Path", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Synthetic", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public async Task AFailedRefreshLeavesTheOldFile()
    {
        _folder.Put(First, _files[First]);
        await Assert.ThrowsAsync<MnistException>(() => LoadAsync([Nowhere()], force: true));
        Assert.Equal([First], _folder.FileNames);
        Assert.Equal(_files[First], File.ReadAllBytes(Path.Combine(_folder.Path, First)));
    }

    [Fact]
    public async Task CancellationLeavesNothing()
    {
        using LoopbackServer stalling = Stalling(afterSomeBytes: true);
        using CancellationTokenSource stop = new();
        Task<MnistDataset> load = LoadAsync([stalling.Address], stop: stop);
        while (!_folder.FileNames.Any())
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.Empty(_folder.FileNames);
        Assert.Empty(_log.Warnings);
    }

    /// <summary>A killed download leaves its partial file. The next one removes it, as every writer does.</summary>
    [Fact]
    public async Task WhatAKilledDownloadHasLeftIsSwept()
    {
        string killed = _folder.Put("MnistPS-0123456789abcdef0123456789abcdef.partial", _files[First][..100]);
        File.SetLastWriteTimeUtc(killed, DateTime.UtcNow.AddHours(-2));
        using LoopbackServer server = new(_files);
        await LoadAsync([server.Address]);
        Assert.Equal(_files.Keys.Order(StringComparer.Ordinal), _folder.FileNames);
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public async Task AFileThatIsFetchedAgainHasTheModeOfTheOldOneFromTheFirst()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        string old = _folder.Put(First, [1, 2, 3]);
        File.SetUnixFileMode(old, Mode);
        using LoopbackServer server = new(_files);
        using LoopbackServer stalling = Stalling(afterSomeBytes: true);
        using CancellationTokenSource stop = new();
        Task<MnistDataset> load = LoadAsync([stalling.Address], stop: stop);
        string? partial = null;
        while ((partial = _folder.FileNames.FirstOrDefault(name => name!.EndsWith(".partial", StringComparison.Ordinal))) is null)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Mode, File.GetUnixFileMode(Path.Combine(_folder.Path, partial)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        await LoadAsync([server.Address]);
        Assert.Equal(Mode, File.GetUnixFileMode(old));
    }

    [Fact]
    public async Task SeveralAtOnceAreSafe()
    {
        using LoopbackServer server = new(_files);
        MnistDataset[] datasets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LoadAsync([server.Address], monitor: new MonitorLog()))));
        Assert.All(datasets, dataset => Assert.Equal("MNIST (30, 784) (20, 784)", dataset.ToString()));
        Assert.Equal(_files.Keys.Order(StringComparer.Ordinal), _folder.FileNames);
        Assert.Equal(30, (await LoadAsync([Nowhere()])).Training.Count);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("a\0b")]
    public async Task ACacheThatCannotBeWrittenIsAFault(string name)
    {
        string file = _folder.Put("file", []);
        using LoopbackServer server = new(_files);
        using Mirrors mirrors = new([server.Address], _stallTimeout);
        MnistCache cache = new(Path.Combine(file, name), _pinned, mirrors);
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => cache.LoadAsync(false, _log, TestContext.Current.CancellationToken));
        Assert.Equal("CacheNotWritable", fault.Id);
        Assert.Equal(Fault.Write, fault.Fault);
        Assert.Contains("-CachePath", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatCannotBeKeptIsStillOfUse()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, First));
        using LoopbackServer server = new(_files);
        Assert.Equal(30, (await LoadAsync([server.Address])).Training.Count);
        Assert.StartsWith($"'{Path.Combine(_folder.Path, First)}' was fetched but could not be kept: ", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Equal(_files.Keys.Skip(1).Order(StringComparer.Ordinal), _folder.FileNames);
    }

    [Theory]
    [InlineData("/caches/mine", "/caches/xdg", "/caches/mine")]
    [InlineData("", "/caches/xdg", "/caches/xdg/MnistPS")]
    [InlineData(null, "/caches/xdg", "/caches/xdg/MnistPS")]
    [InlineData(null, "relative", "~/.cache/MnistPS")]
    [InlineData(null, null, "~/.cache/MnistPS")]
    public void TheFolderIsWhereThePlatformWantsIt(string? own, string? xdg, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG is for Linux.");
        string?[] before = [Environment.GetEnvironmentVariable("MNISTPS_CACHE"), Environment.GetEnvironmentVariable("XDG_CACHE_HOME")];
        try
        {
            Environment.SetEnvironmentVariable("MNISTPS_CACHE", own);
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", xdg);
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            Assert.Equal(expected.Replace("~", home, StringComparison.Ordinal), MnistCache.DefaultFolder);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MNISTPS_CACHE", before[0]);
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", before[1]);
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/mnist/")]
    [InlineData("file:///mnist/")]
    [InlineData("mnist")]
    public void AMirrorHasToBeAWebAddress(string address)
    {
        MnistException fault = Assert.Throws<MnistException>(() => new Mirrors([new Uri(address, UriKind.RelativeOrAbsolute)], _stallTimeout));
        Assert.Equal("InvalidMirror", fault.Id);
        Assert.Contains($"'{address}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheUsualMirrorsComeInOrder() => Assert.Equal(
        ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"],
        Mirrors.Default.Select(mirror => mirror.ToString()));

    [Fact]
    public void AStallIsFifteenSeconds() => Assert.Equal(TimeSpan.FromSeconds(15), Mirrors.DefaultStallTimeout);

    private static byte[] Bomb()
    {
        MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(IdxBytes.WithHeader([100_000, 28, 28], new byte[78_400_000]));
        }

        return stream.ToArray();
    }

    private static MnistFile Pinned(MnistFile file)
    {
        byte[] content = _contents[file.Name + ".gz"];
        return file with { Length = content.Length, Sha256 = IdxBytes.Sha256(content) };
    }

    private static LoopbackServer BadServer(string what) => new((name, response) => what switch
    {
        "404" => LoopbackServer.StatusAsync(response, 404),
        "broken off" => BreakOffAsync(response, _files[name]),
        "a redirect to a file" => RedirectAsync(response, "file:///etc/passwd"),
        "a bomb" => LoopbackServer.SendAsync(response, _bomb),
        "empty" => LoopbackServer.SendAsync(response, []),
        "a web page" => LoopbackServer.SendAsync(response, "<html>Log in to the network</html>"u8.ToArray()),
        "another file" => LoopbackServer.SendAsync(response, IdxBytes.Gzip(IdxBytes.Images(30, first: 1))),
        "truncated" => LoopbackServer.SendAsync(response, _files[name][..^1]),
        "endless" => SendEndlesslyAsync(response),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    });

    private static Task RedirectAsync(HttpListenerResponse response, string to)
    {
        response.Headers["Location"] = to;
        return LoopbackServer.StatusAsync(response, 302);
    }

    private static LoopbackServer Stalling(bool afterSomeBytes) => new((name, response) =>
        afterSomeBytes ? SendStartAsync(response, _files[name]) : Task.CompletedTask);

    private static async Task SendStartAsync(HttpListenerResponse response, byte[] content)
    {
        response.ContentLength64 = content.Length;
        await response.OutputStream.WriteAsync(content.AsMemory(0, 100));
        await response.OutputStream.FlushAsync();
    }

    private static async Task BreakOffAsync(HttpListenerResponse response, byte[] content)
    {
        await SendStartAsync(response, content);
        await Task.Delay(200);
        response.Abort();
    }

    private static async Task SendEndlesslyAsync(HttpListenerResponse response)
    {
        response.SendChunked = true;
        try
        {
            while (true)
            {
                await response.OutputStream.WriteAsync(new byte[10000]);
            }
        }
        catch (HttpListenerException)
        {
            // The client has closed the connection.
        }
    }

    // No server listens on port 1.
    private static Uri Nowhere() => new("http://127.0.0.1:1/mnist");

    private async Task<MnistDataset> LoadAsync(
        Uri[] addresses, bool force = false, TimeSpan? stallTimeout = null, MonitorLog? monitor = null, CancellationTokenSource? stop = null)
    {
        using Mirrors mirrors = new(addresses, stallTimeout ?? _stallTimeout);
        CancellationToken cancellation = stop?.Token ?? TestContext.Current.CancellationToken;
        return await new MnistCache(_folder.Path, _pinned, mirrors).LoadAsync(force, monitor ?? _log, cancellation);
    }

    /// <summary>Keeps what a download reported.</summary>
    internal sealed class MonitorLog : IDownloadMonitor
    {
        public List<string> Warnings { get; } = [];

        public List<(Uri Address, long Received, long? Total)> Reports { get; } = [];

        public void Warn(string message) => Warnings.Add(message);

        public void Report(Uri address, long received, long? total) => Reports.Add((address, received, total));
    }
}
