using System.Buffers.Binary;

namespace MnistPS.Fuzz;

/// <summary>IDX files of images, raw.</summary>
public class IdxTarget : FuzzTarget
{
    private static readonly int[] _shape = [MnistImage.Side, MnistImage.Side];

    /// <inheritdoc/>
    public override string Name => "idx";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        foreach (int count in (int[])[1, 3])
        {
            ImageSet images = SyntheticDigits.Draw(count, (ulong)count);
            yield return Write(images.SelectMany(image => image.Pixels).ToArray(), count);
        }
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        IdxFile file = Parse(input);
        Require(file.Values.Length == file.Count * MnistImage.PixelCount, "There are not as many values as images have.");
        int count = Math.Min(file.Count, 16);
        ImageSet images = new(file.Values[..(count * MnistImage.PixelCount)], new byte[count]);
        Use.Images(new MnistDataset("read", images, images));
        Require(Parse(Write(file.Values, file.Count)).Sha256 == file.Sha256, "What was written again is something else.");
        return true;
    }

    private static IdxFile Parse(byte[] bytes) => IdxFile.Read(new MemoryStream(bytes), "the input", _shape, CancellationToken.None);

    private static byte[] Write(byte[] values, int count)
    {
        byte[] bytes = new byte[16 + values.Length];
        bytes[2] = 0x08;
        bytes[3] = 3;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), MnistImage.Side);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), MnistImage.Side);
        values.CopyTo(bytes, 16);
        return bytes;
    }
}
