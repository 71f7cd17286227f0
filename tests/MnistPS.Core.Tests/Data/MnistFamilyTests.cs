using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MnistPS.Tests;

/// <summary>Collections that are pinned by the MD5 of their gzipped files, with small ones in the place of the published.</summary>
public sealed class MnistFamilyTests : IDisposable
{
    private static readonly Dictionary<string, byte[]> _files = new()
    {
        ["train-images-idx3-ubyte.gz"] = IdxBytes.Gzip(IdxBytes.Images(30)),
        ["train-labels-idx1-ubyte.gz"] = IdxBytes.Gzip(IdxBytes.Labels(30)),
        ["t10k-images-idx3-ubyte.gz"] = IdxBytes.Gzip(IdxBytes.Images(20, first: 5)),
        ["t10k-labels-idx1-ubyte.gz"] = IdxBytes.Gzip(IdxBytes.Labels(20, first: 5)),
    };

    private static readonly MnistFiles _small = MnistFiles.FashionMnist with
    {
        TrainingImages = Pinned(MnistFiles.FashionMnist.TrainingImages, 30 * 784 + 16),
        TrainingLabels = Pinned(MnistFiles.FashionMnist.TrainingLabels, 30 + 8),
        TestImages = Pinned(MnistFiles.FashionMnist.TestImages, 20 * 784 + 16),
        TestLabels = Pinned(MnistFiles.FashionMnist.TestLabels, 20 + 8),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly MnistCacheTests.MonitorLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilesAreFetchedOnceIntoAFolderOfTheirOwn()
    {
        using LoopbackServer server = new(_files);
        MnistDataset dataset = await LoadAsync(server);
        Assert.Equal("Fashion-MNIST (30, 784) (20, 784)", dataset.ToString());
        Assert.Equal(ClassNames.Fashion, dataset.ClassNames);
        Assert.Equal("Fashion-MNIST test 3", dataset.Test[3].Origin);
        Assert.Equal(_files["t10k-labels-idx1-ubyte.gz"], File.ReadAllBytes(Path.Combine(_folder.Path, "fashion-mnist", "t10k-labels-idx1-ubyte.gz")));
        dataset = await LoadAsync(server);
        Assert.Equal(ClassNames.Fashion, dataset.Training.ClassNames);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task AFileOfAnotherDigestIsRefused()
    {
        Dictionary<string, byte[]> others = new(_files) { ["t10k-labels-idx1-ubyte.gz"] = IdxBytes.Gzip(IdxBytes.Labels(20, first: 6)) };
        using LoopbackServer server = new(others);
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => LoadAsync(server));
        Assert.Equal("DownloadFailed", fault.Id);
        Assert.Contains("is not t10k-labels-idx1-ubyte of Fashion-MNIST: its MD5 is ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the four files of Fashion-MNIST", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherCollectionInTheCacheIsNotReplaced()
    {
        string path = Path.Combine(_folder.Path, "fashion-mnist", "t10k-labels-idx1-ubyte.gz");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] other = IdxBytes.Gzip(IdxBytes.Labels(20, first: 6));
        File.WriteAllBytes(path, other);
        using LoopbackServer server = new(_files);
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => LoadAsync(server));
        Assert.Equal("CacheHoldsOther", fault.Id);
        Assert.Contains("for Fashion-MNIST, give a -CachePath of its own", fault.Message, StringComparison.Ordinal);
        Assert.Equal(other, File.ReadAllBytes(path));
    }

    [Fact]
    public void DigestsAreFourDifferentOnesEach()
    {
        foreach (MnistFiles files in (MnistFiles[])[MnistFiles.FashionMnist, MnistFiles.KuzushijiMnist])
        {
            Assert.All(files.All, file => Assert.Matches("^[0-9a-f]{32}$", file.Md5));
            Assert.Equal(4, files.All.Select(file => file.Md5).Distinct().Count());
            Assert.Equal(10, files.ClassNames.Distinct().Count());
        }

        Assert.Equal(3, Enum.GetValues<MnistFamily>().Select(MnistFiles.Of).Select(files => files.Folder).Distinct().Count());
    }

    [Fact]
    public void AFolderIsRecognizedByItsFiles()
    {
        foreach ((string name, byte[] bytes) in _files)
        {
            _folder.Put(name, bytes);
        }

        Assert.True(_small.TestLabels.IsAt(Path.Combine(_folder.Path, "t10k-labels-idx1-ubyte.gz")));
        Assert.False(_small.TestImages.IsAt(Path.Combine(_folder.Path, "t10k-labels-idx1-ubyte.gz")));
        Assert.Null(MnistFiles.Recognize(file => Path.Combine(_folder.Path, file.Name + ".gz")));
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It is the digest that is published.")]
    private static MnistFile Pinned(MnistFile file, long length)
        => file with { Length = length, Md5 = Convert.ToHexStringLower(MD5.HashData(_files[file.Name + ".gz"])) };

    private async Task<MnistDataset> LoadAsync(LoopbackServer server)
    {
        using Mirrors mirrors = new([server.Address], TimeSpan.FromSeconds(30));
        return await new MnistCache(_folder.Path, _small, mirrors).LoadAsync(force: false, _log, TestContext.Current.CancellationToken);
    }
}
