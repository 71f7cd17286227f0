using System.IO.Compression;

namespace MnistPS.Tests;

/// <summary>
/// The real digits, for tests that hold the project against others. They are no part of it: they are looked for in the folder that
/// MNISTPS_TEST_DATA names, or in shared/mnist beside the repository, and without them such a test is skipped.
/// </summary>
internal static class RealMnist
{
    private static readonly Lazy<MnistDataset?> _all = new(Read);

    /// <summary>The first images to train on and the first ones to test with.</summary>
    public static MnistDataset First(int trainingCount, int testCount)
    {
        MnistDataset? all = _all.Value;
        Assert.SkipWhen(all is null, "There is no MNIST here; name its folder in MNISTPS_TEST_DATA.");
        return new MnistDataset(all.Name, all.Training.Slice(0, trainingCount), all.Test.Slice(0, testCount));
    }

    private static MnistDataset? Read()
    {
        string? folder = Environment.GetEnvironmentVariable("MNISTPS_TEST_DATA") ?? FolderBesideTheRepository();
        return Directory.Exists(folder)
            ? new MnistDataset("MNIST", Read(Path.Combine(folder, "train")), Read(Path.Combine(folder, "t10k")))
            : null;
    }

    private static string? FolderBesideTheRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MnistPS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "mnist") : null;
    }

    private static ImageSet Read(string start) => new(Read($"{start}-images-idx3-ubyte.gz", 16), Read($"{start}-labels-idx1-ubyte.gz", 8));

    private static byte[] Read(string path, int headerLength)
    {
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray()[headerLength..];
    }
}
