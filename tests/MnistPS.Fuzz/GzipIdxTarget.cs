using System.IO.Compression;

namespace MnistPS.Fuzz;

/// <summary>Gzipped IDX files of images, damaged in the content or in the gzip.</summary>
public sealed class GzipIdxTarget : IdxTarget
{
    /// <inheritdoc/>
    public override string Name => "idx-gzip";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound() => base.Sound().Select(Compress);

    // Damages the decompressed content and compresses it again.
    /// <inheritdoc/>
    public override byte[] Repair(byte[] input)
    {
        MemoryStream content = new();
        try
        {
            using GZipStream gzip = new(new MemoryStream(input), CompressionMode.Decompress);
            gzip.CopyTo(content);
        }
        catch (InvalidDataException)
        {
            return input;
        }

        byte[] bytes = content.ToArray();
        if (bytes.Length > 16)
        {
            bytes[input.Length % 16] ^= (byte)input[^1];
        }

        return Compress(bytes);
    }

    private static byte[] Compress(byte[] bytes)
    {
        MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
