using System.IO.Compression;
using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class NpzFileTests
{
    private static readonly double[] _numbers = [.. Enumerable.Range(0, 100_000).Select(i => i / 7.0)];

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void GivesBackWhatWasWritten(CompressionLevel compression)
    {
        using NpzFile npz = new(new MemoryStream(Write(compression)));
        Assert.Equal(["numbers", "text"], npz.Names);
        Assert.Equal(_numbers, npz.Find("numbers")!.ReadNumbers(CancellationToken.None));
        Assert.Equal("größer 😀", npz.Find("text")!.ReadText(CancellationToken.None));
        Assert.Null(npz.Find("nothing"));
    }

    [Fact]
    public void IsTheSameEachTime() => Assert.Equal(Write(CompressionLevel.Optimal), Write(CompressionLevel.Optimal));

    /// <summary>numpy.savez stores its arrays, and so do we: then they can be mapped into memory, too.</summary>
    [Fact]
    public void IsStoredWhereItIsNotCompressed()
    {
        using ZipArchive zip = new(new MemoryStream(Write(CompressionLevel.NoCompression)));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
    }

    [Fact]
    public void EveryFlippedByteOfAnArrayIsSeen()
    {
        byte[] whole = Write(CompressionLevel.NoCompression);
        Assert.All((int[])[200, 5000, 400_000, 799_000], at =>
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= 1;
            FormatException fault = Assert.Throws<FormatException>(() =>
            {
                using NpzFile npz = new(new MemoryStream(bytes));
                npz.Find("numbers")!.ReadNumbers(CancellationToken.None);
            });
            Assert.Contains("'numbers' is damaged: its CRC-32 is", fault.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AFileThatIsCutOffIsRefused()
    {
        byte[] whole = Write(CompressionLevel.Optimal);
        Assert.All(Enumerable.Range(1, 50), i => Assert.Throws<FormatException>(() => new NpzFile(new MemoryStream(whole[..(whole.Length * i / 51)])).Dispose()));
    }

    [Fact]
    public void ShapesThatAreTooLargeMakeNoRoom()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatException fault = Assert.Throws<FormatException>(() => Open([1 << 30, 1 << 20], 8));
        Assert.Contains("says that it has 9007199254740992 bytes of elements, and has 8", fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void TwoArraysOfANameAreRefused()
    {
        MemoryStream stream = new();
        using (NpzWriter npz = new(stream, CompressionLevel.NoCompression))
        {
            npz.Add("twice", "first");
            npz.Add("twice", "second");
        }

        Assert.Contains("two arrays 'twice'", Assert.Throws<FormatException>(() => new NpzFile(stream).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadingCanBeEnded()
    {
        using NpzFile npz = new(new MemoryStream(Write(CompressionLevel.Optimal)));
        Assert.Throws<OperationCanceledException>(() => npz.Find("numbers")!.ReadNumbers(new CancellationToken(canceled: true)));
    }

    private static void Open(long[] shape, int bytes)
    {
        MemoryStream stream = new();
        using (NpzWriter npz = new(stream, CompressionLevel.NoCompression))
        {
            npz.Add("large", "<f8", shape, take => take(new byte[bytes]));
        }

        using NpzFile file = new(stream);
        file.Find("large");
    }

    private static byte[] Write(CompressionLevel compression)
    {
        MemoryStream stream = new();
        using (NpzWriter npz = new(stream, compression))
        {
            npz.Add("numbers", "<f8", [100, 1000], take => take(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_numbers.AsSpan())));
            npz.Add("text", "größer 😀");
        }

        return stream.ToArray();
    }
}
