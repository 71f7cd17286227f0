using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MnistPS.Formats;

/// <summary>Pictures of grey values as PNG. Source: "Portable Network Graphics (PNG) Specification", W3C, third edition.</summary>
internal static class GreyPng
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file of an image.</summary>
    public static byte[] Encode(MnistImage image) => Encode(image.Span, MnistImage.Side, MnistImage.Side, hasOpacity: false);

    /// <summary>The file.</summary>
    /// <param name="samples">The grey value of each pixel, followed by its opacity if it has one, row by row.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="hasOpacity">Whether pixels have an opacity.</param>
    public static byte[] Encode(ReadOnlySpan<byte> samples, int width, int height, bool hasOpacity)
    {
        // 8 bits a sample, grey (0) or grey with alpha (4), and the only compression and filter method that there are, without interlace.
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
                // Each row begins with its filter: none.
                zlib.WriteByte(0);
                zlib.Write(samples.Slice(row * rowLength, rowLength));
            }
        }

        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
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
