using System.Diagnostics;
using CsCheck;

namespace MnistPS.Tests;

public sealed class IdxFileTests
{
    private static readonly int[] _imageShape = [28, 28];

    private static readonly byte[] _images = IdxBytes.Images(3);

    public static TheoryData<string, byte[], string, string> BadImages
    {
        get
        {
            byte[] gzip = IdxBytes.Gzip(_images);
            byte[] values = _images[16..];
            return new()
            {
                { "empty", [], "NotIdxFile", "is empty" },
                { "one byte", [0], "NotIdxFile", "begins with 00 at offset 0" },
                { "a web page", "<html>"u8.ToArray(), "NotIdxFile", "is a web page (it begins with '<html>'); an IDX file was expected, which begins with 00 00 08 03" },
                { "a gzipped web page", IdxBytes.Gzip("<!DOCTYPE html>\n<html>"u8.ToArray()), "NotIdxFile", "is a web page (it begins with '<!DOCTYPE html> <html>')" },
                { "gzip in gzip", IdxBytes.Gzip(gzip), "NotIdxFile", "is gzip within gzip: decompress it once" },
                { "cut in the header", _images[..10], "NotIdxFile", "ends at offset 10" },
                { "signed bytes", IdxBytes.WithHeader([3, 28, 28], values, 0x09), "WrongIdxElementType", "type 09 at offset 2" },
                { "labels", IdxBytes.Labels(3), "WrongIdxDimensions", "1 dimensions at offset 3" },
                { "other rows", IdxBytes.WithHeader([3, 27, 28], values), "WrongIdxDimensions", "27 as the size of dimension 2 at offset 8" },
                { "other columns", IdxBytes.WithHeader([3, 28, 32], values), "WrongIdxDimensions", "32 as the size of dimension 3 at offset 12" },
                { "images behind none", IdxBytes.WithHeader([0, 28, 28], values), "WrongIdxLength", "declares 0 elements and holds more" },
                { "an image too few", IdxBytes.WithHeader([4, 28, 28], values), "WrongIdxLength", "declares 3136 elements and holds 2352" },
                { "an image too many", IdxBytes.WithHeader([2, 28, 28], values), "WrongIdxLength", "declares 1568 elements and holds more" },
                { "a byte too many, gzipped", IdxBytes.Gzip([.. _images, 0]), "WrongIdxLength", "holds more" },
                { "an image too few, gzipped", IdxBytes.Gzip(IdxBytes.WithHeader([4, 28, 28], values)), "WrongIdxLength", "holds 2352" },
                { "a corrupt gzip", [.. gzip[..200], (byte)~gzip[200], .. gzip[201..]], "CorruptGzip", "cannot be decompressed to the end" },
                { "a wrong checksum", [.. gzip[..^8], (byte)~gzip[^8], .. gzip[^7..]], "CorruptGzip", "cannot be decompressed to the end" },
                { "two bytes of gzip", [0x1F, 0x8B], "CorruptGzip", "truncated" },
            };
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsImagesRawAndGzipped(bool isGzipped)
    {
        IdxFile file = ReadImages(isGzipped ? IdxBytes.Gzip(_images) : _images);
        Assert.Equal(3, file.Count);
        Assert.Equal(_images[16..], file.Values);
        Assert.Equal(IdxBytes.Sha256(_images), file.Sha256);
    }

    [Fact]
    public void ReadsAFileWithoutImages() => Assert.Equal((0, 0), (ReadImages(IdxBytes.WithHeader([0, 28, 28], [])).Count, ReadImages(IdxBytes.Gzip(IdxBytes.WithHeader([0, 28, 28], []))).Values.Length));

    [Fact]
    public void ReadsLabels()
    {
        IdxFile file = IdxFile.Read(new MemoryStream(IdxBytes.Labels(12)), "labels", [], CancellationToken.None);
        Assert.Equal(12, file.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], file.Values);
    }

    // As pigz or bgzip writes it.
    [Fact]
    public void ReadsGzipOfSeveralMembers()
        => Assert.Equal(_images[16..], ReadImages([.. IdxBytes.Gzip(_images[..1000]), .. IdxBytes.Gzip(_images[1000..]), .. IdxBytes.Gzip([])]).Values);

    [Theory]
    [MemberData(nameof(BadImages))]
    public void SaysWhatIsWrongAndWhere(string what, byte[] content, string id, string message)
    {
        MnistException fault = Assert.Throws<MnistException>(() => ReadImages(content));
        Assert.True(fault.Id == id, $"{what}: {fault.Id}");
        Assert.Equal(Fault.InvalidData, fault.Fault);
        Assert.StartsWith("'the source' ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal("the source", fault.Target);
    }

    // The last eight bytes are the checksum and the length. The content before them is complete.
    [Fact]
    public void EveryTruncationOfGzipIsFound()
    {
        byte[] gzip = IdxBytes.Gzip(_images);
        for (int length = 2; length < gzip.Length; length++)
        {
            MnistException fault = Assert.Throws<MnistException>(() => ReadImages(gzip[..length]));
            Assert.Equal(Fault.InvalidData, fault.Fault);

            // A shorter piece may lack the header.
            if (length >= 100)
            {
                Assert.Contains("truncated", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>As gunzip does. Bytes after raw content are refused.</summary>
    [Fact]
    public void BytesBehindTheGzipAreWarnedOf()
    {
        byte[] gzip = IdxBytes.Gzip(_images);
        IdxFile file = ReadImages([.. gzip, .. new byte[512]]);
        Assert.Equal(_images[16..], file.Values);
        Assert.Contains("behind its gzip", file.Warning, StringComparison.Ordinal);
        Assert.Null(ReadImages(gzip).Warning);
        Assert.Null(ReadImages(_images).Warning);
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Windows has no such pipes.")]
    public void APipeIsRefusedAndNeverWaitedFor()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "train-images-idx3-ubyte");
        Process.Start("mkfifo", [path]).WaitForExit();
        MnistException fault = Assert.Throws<MnistException>(() => IdxFile.Read(path, _imageShape, CancellationToken.None));
        Assert.Equal("FileNotReadable", fault.Id);
        Assert.Contains("a pipe", fault.Message, StringComparison.Ordinal);
    }

    public static bool IsUnix => !OperatingSystem.IsWindows();

    [Theory]
    [InlineData(uint.MaxValue, false)]
    [InlineData(uint.MaxValue, true)]
    [InlineData(2_700_000u, false)]
    [InlineData(2_700_000u, true)]
    public void AHugeSizeIsRefusedAndNeverAllocated(uint count, bool isGzipped)
    {
        byte[] content = IdxBytes.WithHeader([count, 28, 28], new byte[784]);
        content = isGzipped ? IdxBytes.Gzip(content) : content;
        long before = GC.GetAllocatedBytesForCurrentThread();
        MnistException fault = Assert.Throws<MnistException>(() => ReadImages(content));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal("WrongIdxLength", fault.Id);
        Assert.Contains($"declares {count * 784L} elements", fault.Message, StringComparison.Ordinal);
    }

    // Memory grows with the bytes that are really there.
    [Fact]
    public void ALargeFileIsReadWhole()
    {
        byte[] content = IdxBytes.WithHeader([100_000, 28, 28], new byte[78_400_000]);
        content[^1] = 7;
        byte[] gzip = IdxBytes.Gzip(content);
        IdxFile file = ReadImages(gzip);
        Assert.Equal(100_000, file.Count);
        Assert.Equal(78_400_000, file.Values.Length);
        Assert.Equal(7, file.Values[^1]);
        Assert.Equal(IdxBytes.Sha256(content), file.Sha256);
    }

    // A small gzip that declares, and holds, more than any collection has.
    [Fact]
    public void MoreItemsThanAnyCollectionHasAreNotRead()
    {
        MnistException fault = Assert.Throws<MnistException>(
            () => IdxFile.Read(new MemoryStream(IdxBytes.Gzip(IdxBytes.WithHeader([1_000_001], new byte[1_000_001]))), "the source", [], CancellationToken.None));
        Assert.Equal("WrongIdxLength", fault.Id);
        Assert.Contains("declares 1000001 elements, 1000001 items; at most 1000000 items are read", fault.Message, StringComparison.Ordinal);
    }

    // 2 MB of gzip may hold 2 GB: a file of known length is read no further than its header.
    [Fact]
    public void AFileOfAnotherLengthThanThePinnedOneIsNotRead()
    {
        byte[] gzip = IdxBytes.Gzip(IdxBytes.WithHeader([100_000, 28, 28], new byte[78_400_000]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        MnistException fault = Assert.Throws<MnistException>(
            () => IdxFile.Read(new MemoryStream(gzip), "the source", _imageShape, CancellationToken.None, 16 + 30 * 784));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal("WrongContent", fault.Id);
        Assert.Contains("declares 78400000 elements; 23520 were expected", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APipeIsNoFileAndDoesNotHang()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes on Windows.");
        using TemporaryFolder folder = new();
        MnistException fault = Assert.Throws<MnistException>(() => IdxFile.Read(folder.PutPipe("train-images-idx3-ubyte"), _imageShape, CancellationToken.None));
        Assert.Equal("FileNotReadable", fault.Id);
        Assert.EndsWith("cannot be read: It is a pipe; a file was expected.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CancellationEndsIt()
        => Assert.Throws<OperationCanceledException>(() => IdxFile.Read(new MemoryStream(_images), "the source", _imageShape, new CancellationToken(true)));

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        MnistException fault = Assert.Throws<MnistException>(() => IdxFile.Read(path, _imageShape, CancellationToken.None));
        Assert.Equal("FileNotReadable", fault.Id);
        Assert.Equal(Fault.Read, fault.Fault);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrittenIsRead()
        => Gen.Select(Gen.Int[1, 40], Gen.Bool, Gen.Int[0, 255]).Sample((count, isGzipped, first) =>
        {
            byte[] content = IdxBytes.Images(count, first);
            IdxFile file = ReadImages(isGzipped ? IdxBytes.Gzip(content) : content);
            return file.Count == count && file.Values.AsSpan().SequenceEqual(content.AsSpan(16)) && file.Sha256 == IdxBytes.Sha256(content);
        });

    [Fact]
    public void RandomBytesAreAFaultAndNothingElse() => Gen.Byte.Array[0, 200].Sample(IsReadOrFault);

    // Nearly valid files get further than random ones.
    [Fact]
    public void DamagedFilesAreReadOrAFaultAndNothingElse()
        => Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[1, 4], Gen.Int[0, 5000]).Sample((isGzipped, changes, length) =>
        {
            byte[] content = isGzipped ? IdxBytes.Gzip(_images) : (byte[])_images.Clone();
            foreach ((int offset, byte value) in changes)
            {
                content[offset % Math.Min(content.Length, 64)] = value;
            }

            return IsReadOrFault(content[..Math.Min(length, content.Length)]);
        });

    private static bool IsReadOrFault(byte[] content)
    {
        try
        {
            IdxFile file = ReadImages(content);
            return file.Values.Length == file.Count * MnistImage.PixelCount;
        }
        catch (MnistException)
        {
            return true;
        }
    }

    private static IdxFile ReadImages(byte[] content) => IdxFile.Read(new MemoryStream(content), "the source", _imageShape, CancellationToken.None);
}
