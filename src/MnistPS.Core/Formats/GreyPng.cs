using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MnistPS.Formats;

/// <summary>Pictures of grey values as PNG. Source: "Portable Network Graphics (PNG) Specification", W3C, third edition.</summary>
internal static class GreyPng
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes an image.</summary>
    public static byte[] Encode(MnistImage image) => Encode(image.Span, MnistImage.Side, MnistImage.Side, hasOpacity: false);

    /// <summary>Encodes grey samples.</summary>
    /// <param name="samples">The grey value of each pixel, followed by its opacity if it has one, row by row.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="hasOpacity">Whether pixels have an opacity.</param>
    public static byte[] Encode(ReadOnlySpan<byte> samples, int width, int height, bool hasOpacity)
    {
        // 8 bits per sample, grey (0) or grey with alpha (4). Compression and filter method 0 are the only ones defined. No interlace.
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(hasOpacity ? 4 : 0);

        int rowLength = width * (hasOpacity ? 2 : 1);
        using MemoryStream rows = new();
        using (ZLibStream zlib = new(rows, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                // Filter type 0 of the row: none.
                zlib.WriteByte(0);
                zlib.Write(samples.Slice(row * rowLength, rowLength));
            }
        }

        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>Reads a file of 8-bit grey values. Other chunks, such as the time, are ignored.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">The expected pixels per row.</param>
    /// <param name="height">The expected rows.</param>
    /// <returns>The grey value of each pixel, row by row.</returns>
    /// <exception cref="FormatException">It is no PNG, or a picture of another kind; the message is a clause about it.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> file, int width, int height)
    {
        if (!file.StartsWith(Signature))
        {
            throw new FormatException(FileSignature.Of(file[..Math.Min(file.Length, FileSignature.Length)]));
        }

        using MemoryStream compressed = new();
        bool hasHeader = false;
        for (ReadOnlySpan<byte> left = file[Signature.Length..]; ;)
        {
            // Length, type, data, checksum.
            if (left.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(left) is var length && length > left.Length - 12)
            {
                throw new FormatException("ends too early");
            }

            ReadOnlySpan<byte> type = left.Slice(4, 4);
            ReadOnlySpan<byte> data = left.Slice(8, (int)length);
            Crc32 crc = default;
            crc.Append(left.Slice(4, (int)length + 4));
            if (crc.Value != BinaryPrimitives.ReadUInt32BigEndian(left[((int)length + 8)..]))
            {
                throw new FormatException($"is damaged: the checksum of its part '{Encoding.Latin1.GetString(type)}' is wrong");
            }

            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            if (hasHeader != !type.SequenceEqual("IHDR"u8))
            {
                throw new FormatException("does not begin with its header");
            }

            if (!hasHeader)
            {
                CheckHeader(data, width, height);
                hasHeader = true;
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(data);
            }

            left = left[((int)length + 12)..];
        }

        compressed.Position = 0;
        return Unfilter(compressed, width, height);
    }

    private static void CheckHeader(ReadOnlySpan<byte> header, int width, int height)
    {
        if (header.Length != 13)
        {
            throw new FormatException("has a header of another length");
        }

        (uint foundWidth, uint foundHeight) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        if (foundWidth != width || foundHeight != height)
        {
            throw new FormatException($"has {foundWidth} by {foundHeight} pixels");
        }

        string colours = header[9] switch { 0 => "grey values", 2 => "colours", 3 => "a palette of colours", 4 => "grey values and opacity", 6 => "colours and opacity", _ => "something unknown" };
        if (header[8] != 8 || header[9] != 0 || header[12] != 0)
        {
            throw new FormatException($"has {colours} of {header[8]} bits{(header[12] != 0 ? ", interlaced" : "")}");
        }
    }

    // Clause 9 of the specification: a row is predicted by the pixel before (a), the row above (b), and the pixel before in that row (c).
    private static byte[] Unfilter(Stream compressed, int width, int height)
    {
        byte[] pixels = new byte[width * height];
        byte[] above = new byte[width];
        try
        {
            using ZLibStream zlib = new(compressed, CompressionMode.Decompress);
            for (int row = 0; row < height; row++)
            {
                int filter = zlib.ReadByte();
                Span<byte> line = pixels.AsSpan(row * width, width);
                zlib.ReadExactly(line);
                for (int i = 0; i < width; i++)
                {
                    int a = i == 0 ? 0 : line[i - 1];
                    int b = above[i];
                    int c = i == 0 ? 0 : above[i - 1];
                    line[i] += (byte)(filter switch
                    {
                        0 => 0,
                        1 => a,
                        2 => b,
                        3 => (a + b) / 2,
                        4 => Paeth(a, b, c),
                        _ => throw new FormatException($"has a row with filter {filter}, which there is not"),
                    });
                }

                line.CopyTo(above);
            }

            return zlib.ReadByte() < 0 ? pixels : throw new FormatException("has more pixels than it says");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException("is damaged or ends too early", e);
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        int guess = a + b - c;
        (int toA, int toB, int toC) = (Math.Abs(guess - a), Math.Abs(guess - b), Math.Abs(guess - c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        Crc32 crc = default;
        crc.Append(chunk.AsSpan(4, data.Length + 4));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), crc.Value);
        return chunk;
    }
}
