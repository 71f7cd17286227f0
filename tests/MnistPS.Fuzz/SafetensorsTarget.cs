using System.Buffers.Binary;

namespace MnistPS.Fuzz;

/// <summary>The base of targets that read safetensors files. It corrects the header's length.</summary>
public abstract class SafetensorsTarget : FuzzTarget
{
    /// <summary>The input with a correct header length in its first eight bytes.</summary>
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
