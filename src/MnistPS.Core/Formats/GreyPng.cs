using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MnistPS.Formats;

/// <summary>Images as PNG files of 28 by 28 grey values (W3C, Portable Network Graphics, third edition: signature, chunks, CRC, filter type 0).</summary>
internal static class GreyPng
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // 28 by 28 pixels of 8 bits, grey; the usual compression and filters, not interlaced.
    private static ReadOnlySpan<byte> Header => [0, 0, 0, MnistImage.Side, 0, 0, 0, MnistImage.Side, 8, 0, 0, 0, 0];

    /// <summary>The bytes of the file.</summary>
    public static byte[] Encode(MnistImage image)
    {
        using MemoryStream rows = new();
        using (ZLibStream zlib = new(rows, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < MnistImage.Side; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(image.Span.Slice(row * MnistImage.Side, MnistImage.Side));
            }
        }

        return [.. Signature, .. Chunk("IHDR", Header), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    /// <summary>CRC-32 as the specification's annex D has it, bit by bit.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
