using CsCheck;
using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class NetworkFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("MnistPS-tests-");
    private readonly MnistNetwork _network = Sample.Network("pool 7,dense 3,relu,dense 10");
    private readonly string _path;

    public NetworkFileTests()
    {
        _path = Path.Combine(_folder.FullName, "one.network");
        NetworkFile.Write(_network, _path, replace: false);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void KeepsANetwork()
    {
        Assert.Equal(_network.State.Values, NetworkFile.Read(_path).State.Values);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void LeavesWhatIsThere()
    {
        MnistNetwork other = Sample.Network("dense 10");
        MnistException fault = Assert.Throws<MnistException>(() => NetworkFile.Write(other, _path, replace: false));
        Assert.Equal("NetworkFileExists", fault.Id);
        Assert.Equal("pool 7, dense 3, relu, dense 10", NetworkFile.Read(_path).ToString());
        NetworkFile.Write(other, _path, replace: true);
        Assert.Equal("dense 10", NetworkFile.Read(_path).ToString());
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void SaysWhereItCannotWrite()
    {
        foreach (string path in (string[])[Path.Combine(_folder.FullName, "no", "such.network"), _folder.FullName, "a\0b"])
        {
            MnistException fault = Assert.Throws<MnistException>(() => NetworkFile.Write(_network, path, replace: true));
            Assert.Equal("NetworkFileNotWritable", fault.Id);
            Assert.Equal(path, fault.Target);
        }

        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void SaysWhatItCannotRead()
    {
        Assert.Equal("NetworkFileNotFound", Id(Path.Combine(_folder.FullName, "two.network")));
        Assert.Equal("NetworkFileNotFound", Id(Path.Combine(_folder.FullName, "no", "such.network")));
        Assert.Equal("NetworkFileNotReadable", Id(_folder.FullName));
        Assert.Equal("NetworkFileNotReadable", Id("a\0b"));
        File.WriteAllBytes(_path, []);
        Assert.Equal("NotANetworkFile", Id(_path));
        File.WriteAllText(_path, "Epoch,TrainingError");
        Assert.Equal("NotANetworkFile", Id(_path));
        File.WriteAllBytes(_path, IdxBytes.Gzip(IdxBytes.Images(3)));
        Assert.Equal("NotANetworkFile", Id(_path));
    }

    /// <summary>Whatever bit is another one, and wherever the file is cut off: what comes back is what was written, or nothing.</summary>
    [Fact]
    public void NeverGivesAnotherNetwork()
    {
        byte[] bytes = File.ReadAllBytes(_path);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 7]).Sample((place, bit) =>
        {
            byte[] damaged = [.. bytes];
            damaged[place] ^= (byte)(1 << bit);
            return IsWholeOrRefused(damaged);
        }, threads: 1);
        Gen.Int[0, bytes.Length - 1].Sample(length => IsWholeOrRefused(bytes[..length]), threads: 1);
        Assert.False(IsRefused(bytes));
        Assert.True(IsRefused(bytes[..^30]));
    }

    private bool IsWholeOrRefused(byte[] bytes)
        => IsRefused(bytes) || NetworkFile.Read(_path).State.Values.Zip(_network.State.Values).All(rows => rows.First.SequenceEqual(rows.Second));

    private bool IsRefused(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        try
        {
            NetworkFile.Read(_path);
            return false;
        }
        catch (MnistException fault)
        {
            return fault.Id == "NotANetworkFile";
        }
    }

    private static string Id(string path) => Assert.Throws<MnistException>(() => NetworkFile.Read(path)).Id;
}
