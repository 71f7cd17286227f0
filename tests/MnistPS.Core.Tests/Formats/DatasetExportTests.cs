using MnistPS.Formats;

namespace MnistPS.Tests;

[Collection(nameof(Alone))]
public sealed class DatasetExportTests : IDisposable
{
    // As many as take 47 MB as bytes: MNIST's training images.
    private const int Count = 60_000;
    private const long Megabyte = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>No second copy of the images is made to write them, and at most one to read them.</summary>
    [Theory]
    [InlineData(DatasetFormat.Idx)]
    [InlineData(DatasetFormat.Npz)]
    [InlineData(DatasetFormat.Npy)]
    [InlineData(DatasetFormat.Csv)]
    public async Task SixtyThousandImagesStream(DatasetFormat format)
    {
        byte[] pixels = new byte[Count * MnistImage.PixelCount];
        new Random(1).NextBytes(pixels.AsSpan(0, pixels.Length / 5));
        ImageSet images = new(pixels, new byte[Count]);
        MnistDataset dataset = new("large", images, images.Slice(0, 1));
        string path = Path.Combine(_folder.Path, "set");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        long before = GC.GetTotalAllocatedBytes();
        DatasetExport.Write(dataset, path, format, replace: false, cancellation);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8 * Megabyte);

        before = GC.GetTotalAllocatedBytes();
        MnistDataset back = await DatasetImport.LoadAsync(path, _ => { }, cancellation);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, pixels.Length + (100 * Megabyte));
        Assert.True(back.Training.Pixels.SequenceEqual(pixels));
    }

    [Theory]
    [InlineData(DatasetFormat.Idx)]
    [InlineData(DatasetFormat.Npz)]
    [InlineData(DatasetFormat.Npy)]
    [InlineData(DatasetFormat.Csv)]
    [InlineData(DatasetFormat.Png)]
    public void LeavesNothingWhereItIsEnded(DatasetFormat format)
    {
        Assert.ThrowsAny<OperationCanceledException>(() => DatasetExport.Write(
            Sample.Dataset(100, 100), Path.Combine(_folder.Path, "set"), format, replace: true, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
