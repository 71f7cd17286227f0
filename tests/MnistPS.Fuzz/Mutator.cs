using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MnistPS.Fuzz;

/// <summary>Mutates inputs: bits, bytes, numbers, cuts, repetitions, splices, and numbers in texts.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly long[] _telling = [0, 1, -1, 2, 9, 10, 28, 255, 256, 784, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue];

    private static readonly string[] _numbers = ["0", "-1", "1", "1e308", "-1e308", "1e-320", "NaN", "\"NaN\"", "\"Infinity\"", "null", "0.5", "2147483648", "18446744073709551615", "99999999999999999999", "true", "[]", "\"\""];

    /// <summary>An input with a few changes.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another input, to splice.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            Change(bytes, other);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        // Headers are short, and most checks concern them.
        int at = bytes.Count == 0 ? 0 : random.Next(2) == 0 ? random.Next(Math.Min(bytes.Count, 64)) : random.Next(bytes.Count);
        int length = Math.Min(random.Next(1, 64), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when bytes.Count - at >= sizeof(long):
                OverwriteNumber(bytes, at);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 16)).Select(_ => (byte)random.Next(256)));
                break;
            case 7 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 64))]);
                break;
            default:
                ReplaceNumber(bytes);
                break;
        }
    }

    private void OverwriteNumber(List<byte> bytes, int at)
    {
        byte[] number = new byte[sizeof(long)];
        long value = _telling[random.Next(_telling.Length)];
        int width = 1 << random.Next(1, 4);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number = number[..width];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number = number[^width..];
        }

        for (int i = 0; i < width; i++)
        {
            bytes[at + i] = number[i];
        }
    }

    // Replaces a number in a text, so that JSON, CSV and layer words still parse.
    private void ReplaceNumber(List<byte> bytes)
    {
        int[] digits = [.. Enumerable.Range(0, Math.Min(bytes.Count, 4096)).Where(i => char.IsAsciiDigit((char)bytes[i]))];
        if (digits.Length == 0)
        {
            return;
        }

        int from = digits[random.Next(digits.Length)];
        int to = from;
        while (to < bytes.Count && (char.IsAsciiDigit((char)bytes[to]) || bytes[to] == '.'))
        {
            to++;
        }

        string number = random.Next(3) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture)
            : random.Next(2) == 0 ? random.Next(100).ToString(CultureInfo.InvariantCulture)
            : _numbers[random.Next(_numbers.Length)];
        bytes.RemoveRange(from, to - from);
        bytes.InsertRange(from, Encoding.ASCII.GetBytes(number));
    }
}
