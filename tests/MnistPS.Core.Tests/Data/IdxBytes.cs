using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MnistPS.Tests;

/// <summary>Small IDX files, valid and invalid.</summary>
internal static class IdxBytes
{
    public static byte[] Images(int count, int first = 0)
        => WithHeader([(uint)count, 28, 28], [.. Enumerable.Range(first, count * MnistImage.PixelCount).Select(i => (byte)(i * 31 % 256))]);

    public static byte[] Labels(int count, int first = 0) => WithHeader([(uint)count], [.. Enumerable.Range(first, count).Select(i => (byte)(i % 10))]);

    public static byte[] WithHeader(uint[] sizes, byte[] values, byte elementType = 0x08)
    {
        byte[] bytes = new byte[4 + 4 * sizes.Length + values.Length];
        bytes[2] = elementType;
        bytes[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        }

        values.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
