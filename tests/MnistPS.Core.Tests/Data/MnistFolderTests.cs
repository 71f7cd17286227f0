namespace MnistPS.Tests;

public sealed class MnistFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MnistFolderTests()
    {
        _folder.Put("train-images-idx3-ubyte", IdxBytes.Images(4));
        _folder.Put("train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels(4)));
        _folder.Put("t10k-images.idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(3)));
        _folder.Put("t10k-labels.idx1-ubyte", IdxBytes.Labels(3));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadsTheFourFilesUnderTheirUsualNames()
    {
        MnistDataset dataset = await LoadAsync();
        Assert.Equal($"{Path.GetFileName(_folder.Path)} (4, 784) (3, 784)", dataset.ToString());
        Assert.Equal(IdxBytes.Images(4)[(16 + 784)..(16 + 2 * 784)], dataset.Training[1].Pixels);
        Assert.Equal([0, 1, 2], dataset.Test.Labels);
    }

    [Fact]
    public async Task ATrailingSeparatorIsNoPartOfTheName()
        => Assert.Equal(Path.GetFileName(_folder.Path), (await MnistFolder.LoadAsync(_folder.Path + "/", _ => { }, CancellationToken.None)).Name);

    [Fact]
    public async Task WhatIsOddOfAFileIsSaid()
    {
        List<string> warnings = [];
        _folder.Put("train-labels-idx1-ubyte.gz", [.. IdxBytes.Gzip(IdxBytes.Labels(4)), 0, 0]);
        MnistDataset dataset = await MnistFolder.LoadAsync(_folder.Path, warnings.Add, CancellationToken.None);
        Assert.Equal([0, 1, 2, 3], dataset.Training.Labels);
        Assert.Contains("train-labels-idx1-ubyte.gz' has bytes behind its gzip", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingFolderIsNamed()
    {
        string missing = Path.Combine(_folder.Path, "missing");
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => MnistFolder.LoadAsync(missing, _ => { }, CancellationToken.None));
        Assert.Equal("FolderNotFound", fault.Id);
        Assert.Equal(Fault.NotFound, fault.Fault);
        Assert.Contains($"'{missing}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte.gz", "train-labels-idx1-ubyte")]
    [InlineData("t10k-images.idx3-ubyte.gz", "t10k-images-idx3-ubyte")]
    [InlineData("t10k-labels.idx1-ubyte", "t10k-labels-idx1-ubyte")]
    public async Task AMissingFileIsNamed(string file, string name)
    {
        File.Delete(Path.Combine(_folder.Path, file));
        MnistException fault = await Assert.ThrowsAsync<MnistException>(LoadAsync);
        Assert.Equal("FileNotFound", fault.Id);
        Assert.Equal(Fault.NotFound, fault.Fault);
        Assert.Contains($"'{name}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train-*", "(0, 784) (3, 784)")]
    [InlineData("t10k-*", "(4, 784) (0, 784)")]
    public async Task APartWithoutItsFilesHasNoImages(string pattern, string shapes)
    {
        foreach (string path in Directory.EnumerateFiles(_folder.Path, pattern))
        {
            File.Delete(path);
        }

        Assert.EndsWith(shapes, (await LoadAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileInThePlaceOfTheFolderIsNamed()
    {
        MnistException fault = await Assert.ThrowsAsync<MnistException>(
            () => MnistFolder.LoadAsync(Path.Combine(_folder.Path, "train-images-idx3-ubyte"), _ => { }, CancellationToken.None));
        Assert.Equal("FolderNotFound", fault.Id);
        Assert.Contains("train-images-idx3-ubyte' is a file, and no folder.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRAIN-IMAGES-idx3-ubyte.GZ", "It holds 'TRAIN-IMAGES-idx3-ubyte.GZ', and capitals count here: rename it.")]
    [InlineData("raw/train-images-idx3-ubyte", "It lies deeper, as 'raw/train-images-idx3-ubyte': put it where it was expected, or give -Path its folder.")]
    [InlineData("MNIST/raw/train-images.idx3-ubyte.gz", "It lies deeper, as 'MNIST/raw/train-images.idx3-ubyte.gz'")]
    [InlineData("train-images-idx3-ubyte/train-images-idx3-ubyte", "It lies deeper, as 'train-images-idx3-ubyte/train-images-idx3-ubyte'")]
    [InlineData("train-images-idx3-ubyte/readme", "; 'train-images-idx3-ubyte' is a folder, and a file was expected. Put the file there.")]
    [InlineData("emnist-digits-train-images-idx3-ubyte.gz", "these are files of EMNIST, of which those that begin with 'emnist-digits-'")]
    [InlineData("archive.zip", "It holds 'archive.zip', 't10k-images.idx3-ubyte.gz', 't10k-labels.idx1-ubyte', 'train-labels-idx1-ubyte.gz'; unpack the archive.")]
    public async Task WhatLiesInTheFolderInsteadIsTold(string entry, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Capitals count on Linux.");
        File.Delete(Path.Combine(_folder.Path, "train-images-idx3-ubyte"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, entry))!);
        _folder.Put(entry, IdxBytes.Images(4));
        MnistException fault = await Assert.ThrowsAsync<MnistException>(LoadAsync);
        Assert.Equal("FileNotFound", fault.Id);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyFolderIsCalledSo()
    {
        using TemporaryFolder empty = new();
        MnistException fault = await Assert.ThrowsAsync<MnistException>(() => MnistFolder.LoadAsync(empty.Path, _ => { }, CancellationToken.None));
        Assert.EndsWith("It is empty. Put the file there.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImagesAndLabelsAreAsMany()
    {
        _folder.Put("t10k-labels.idx1-ubyte", IdxBytes.Labels(2));
        MnistException fault = await Assert.ThrowsAsync<MnistException>(LoadAsync);
        Assert.Equal("CountMismatch", fault.Id);
        Assert.Contains("t10k-images.idx3-ubyte.gz' holds 3 images", fault.Message, StringComparison.Ordinal);
        Assert.Contains("t10k-labels.idx1-ubyte' 2 labels", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALabelOverNineIsNamedWithItsPlace()
    {
        _folder.Put("t10k-labels.idx1-ubyte", IdxBytes.WithHeader([3], [9, 10, 0]));
        MnistException fault = await Assert.ThrowsAsync<MnistException>(LoadAsync);
        Assert.Equal("LabelOutOfRange", fault.Id);
        Assert.Contains("t10k-labels.idx1-ubyte' has label 10 at index 1;", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, null, "(2, 784) (3, 784)")]
    [InlineData(null, 1, "(4, 784) (1, 784)")]
    [InlineData(4, 3, "(4, 784) (3, 784)")]
    public async Task TheFirstAreTaken(int? trainingCount, int? testCount, string shapes)
    {
        MnistDataset taken = (await LoadAsync()).Take(trainingCount, testCount);
        Assert.EndsWith(shapes, taken.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, taken.Training[0].Label);
        Assert.Equal(IdxBytes.Images(1)[16..], taken.Training[0].Pixels);
    }

    [Theory]
    [InlineData(0, null, "-TrainingCount is 0, but the set holds 4 images. Give 1 to 4.")]
    [InlineData(5, null, "-TrainingCount is 5, but the set holds 4 images. Give 1 to 4.")]
    [InlineData(null, -1, "-TestCount is -1, but the set holds 3 images. Give 1 to 3.")]
    [InlineData(null, 4, "-TestCount is 4, but the set holds 3 images. Give 1 to 3.")]
    public async Task NoMoreThanThereAre(int? trainingCount, int? testCount, string message)
    {
        MnistDataset dataset = await LoadAsync();
        MnistException fault = Assert.Throws<MnistException>(() => dataset.Take(trainingCount, testCount));
        Assert.Equal("CountOutOfRange", fault.Id);
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public async Task MnistIsKnownByItsDigests()
    {
        MnistDataset dataset = await MnistFolder.LoadAsync(RealMnist.FolderOrSkip(), _ => { }, CancellationToken.None);
        Assert.Equal("MNIST (60000, 784) (10000, 784)", dataset.ToString());
        Assert.Equal([5, 0, 4, 1, 9], dataset.Training.Labels.Take(5));
        Assert.Equal(8, dataset.Training[59999].Label);
    }

    private Task<MnistDataset> LoadAsync() => MnistFolder.LoadAsync(_folder.Path, _ => { }, CancellationToken.None);
}
