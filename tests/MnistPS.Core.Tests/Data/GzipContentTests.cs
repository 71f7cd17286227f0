using System.IO.Compression;

namespace MnistPS.Tests;

public sealed class GzipContentTests
{
    // GZipStream writes no member for empty content.
    private static readonly byte[] _empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 10, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Files of each kind: stored blocks, dynamic codes, fixed codes, empty members, many members.</summary>
    public static TheoryData<string, byte[], byte[]> Files
    {
        get
        {
            byte[] noise = new byte[20_000];
            new Random(1).NextBytes(noise);
            byte[] images = new byte[30_000];
            for (int i = 0; i < images.Length; i++)
            {
                images[i] = noise[i % noise.Length] < 50 ? noise[(i + 7) % noise.Length] : (byte)0;
            }

            byte[] text = [.. Enumerable.Repeat((byte)'x', 500)];
            return new()
            {
                { "noisy images", images, Gzip(images, CompressionLevel.Optimal) },
                { "stored blocks", noise, Gzip(noise, CompressionLevel.NoCompression) },
                { "noise, which is stored too", noise, Gzip(noise, CompressionLevel.Fastest) },
                { "little", text, Gzip(text, CompressionLevel.SmallestSize) },
                { "nothing", [], _empty },
                {
                    "several members",
                    [.. text, .. noise[..5000], .. images[..9000]],
                    [
                        .. Gzip(text, CompressionLevel.Optimal), .. _empty, .. Gzip(noise[..5000], CompressionLevel.NoCompression),
                        .. Gzip(images[..9000], CompressionLevel.Optimal),
                    ]
                },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsAllMembers(string what, byte[] content, byte[] gzip)
    {
        foreach (int step in (int[])[1, 7, 31, 32, 33, 4096, 1 << 20])
        {
            (byte[] read, bool isFollowed) = Read(gzip, step);
            Assert.True(content.AsSpan().SequenceEqual(read), $"{what} in steps of {step}");
            Assert.False(isFollowed);
        }
    }

    /// <summary>A cut within a member is found. A cut between two members cannot be.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void EveryCutIsFound(string what, byte[] content, byte[] gzip)
    {
        List<int> accepted = [];
        for (int length = 1; length < gzip.Length; length++)
        {
            try
            {
                (byte[] read, bool isFollowed) = Read(gzip[..length], 1 << 16);
                Assert.False(isFollowed);
                Assert.True(content.AsSpan(0, read.Length).SequenceEqual(read));
                accepted.Add(length);
            }
            catch (InvalidDataException)
            {
                // Expected.
            }
        }

        int[] ends = what == "several members" ? MemberEnds(gzip) : [];
        Assert.Equal(ends, accepted);
    }

    /// <summary>A flipped bit is found, unless it is in a header field that does not concern the content (RFC 1952, section 2.3).</summary>
    [Fact]
    public void EveryFlippedBitIsFoundOrSaysNothing()
    {
        byte[] content = [.. Enumerable.Range(0, 600).Select(i => (byte)(i * i % 251))];
        byte[] gzip = Gzip(content, CompressionLevel.Optimal);
        int silent = 0;
        for (int bit = 0; bit < 8 * gzip.Length; bit++)
        {
            byte[] damaged = [.. gzip];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                (byte[] read, bool isFollowed) = Read(damaged, 4096);
                Assert.True(content.AsSpan().SequenceEqual(read), $"bit {bit}");
                Assert.False(isFollowed);
                silent++;
            }
            catch (InvalidDataException)
            {
                // Expected.
            }
        }

        // The text flag, time, extra flags and system of the header, and the padding of the last byte of codes.
        Assert.InRange(silent, 1, 8 * 8);
    }

    /// <summary>As gunzip does, also where the buffer ends there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(100_000)]
    public void BytesBehindTheLastMemberAreToldOf(int count)
    {
        byte[] behind = [.. Enumerable.Repeat((byte)0, count)];
        byte[] content = new byte[50_000];
        new Random(2).NextBytes(content);
        int[] lengths = [1, 31, 32, 33, .. Enumerable.Range(8192 - 60, 70), 16384 - 23 - 5, 50_000];
        foreach (int length in lengths)
        {
            byte[] part = content[..length];
            byte[] gzip = Gzip(part, CompressionLevel.NoCompression);
            (byte[] read, bool isFollowed) = Read([.. gzip, .. behind], 4096);
            Assert.True(part.AsSpan().SequenceEqual(read), $"{gzip.Length} bytes of gzip");
            Assert.True(isFollowed, $"{gzip.Length} bytes of gzip");
            (read, isFollowed) = Read(gzip, 4096);
            Assert.True(part.AsSpan().SequenceEqual(read), $"{gzip.Length} bytes of gzip");
            Assert.False(isFollowed);
        }
    }

    private static int[] MemberEnds(byte[] gzip)
    {
        // Here every member begins with the same eight bytes, and no content does.
        List<int> ends = [];
        for (int i = 1; i + 10 <= gzip.Length; i++)
        {
            if (gzip.AsSpan(i, 8).SequenceEqual(gzip.AsSpan(0, 8)))
            {
                ends.Add(i);
            }
        }

        return [.. ends];
    }

    private static (byte[] Content, bool IsFollowed) Read(byte[] gzip, int step)
    {
        using GzipContent stream = new(new MemoryStream(gzip));
        using MemoryStream content = new();
        byte[] buffer = new byte[step];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, count);
        }

        Assert.Equal(0, stream.Read(buffer));
        return (content.ToArray(), stream.IsFollowed);
    }

    private static byte[] Gzip(byte[] bytes, CompressionLevel level)
    {
        MemoryStream stream = new();
        using (GZipStream gzip = new(stream, level))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
