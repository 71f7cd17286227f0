using System.Buffers.Binary;

namespace MnistPS.Fuzz;

/// <summary>What targets share that read safetensors files: a header as long as it says, whatever has been put in.</summary>
public abstract class SafetensorsTarget : FuzzTarget
{
    /// <summary>The input, whose first eight bytes say where its header ends.</summary>
    protected static byte[] WithRightLength(byte[] input)
    {
        byte[] bytes = (byte[])input.Clone();
        int end = bytes.AsSpan().IndexOf("]}}"u8);
        if (end > 0 && bytes.Length >= sizeof(long))
        {
            int length = end + 3 - sizeof(long);
            int padded = (length + 7) / 8 * 8;
            while (length < padded && sizeof(long) + length < bytes.Length && bytes[sizeof(long) + length] == ' ')
            {
                length++;
            }

            BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        }

        return bytes;
    }
}
