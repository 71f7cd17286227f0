using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MnistPS.Formats;

/// <summary>
/// The header of an array in NumPy's format: a magic, a version, a length, and a Python literal, padded so that the values begin at a
/// multiple of 64 bytes. Source: numpy.lib.format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
/// </summary>
/// <param name="Type">The element type.</param>
/// <param name="IsFortran">Whether the elements are in Fortran order, with the first index fastest; else in C order.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
internal sealed partial record NpyHeader(NpyType Type, bool IsFortran, long[] Shape)
{
    private const int Alignment = 64;
    private const int MagicLength = 8;

    // NumPy's own limit for files that it does not trust.
    private const int MaximumLength = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59];

    /// <summary>The number of elements, or a larger number than an array can have.</summary>
    public Int128 Count
    {
        get
        {
            Int128 count = 1;
            foreach (long dimension in Shape)
            {
                // 128 bits, until it is too large: no product of 64-bit integers overflows.
                count = count > long.MaxValue ? count : count * dimension;
            }

            return Shape.Contains(0) ? 0 : count;
        }
    }

    /// <summary>Reads a header, and leaves the stream at the first element.</summary>
    /// <param name="stream">The array.</param>
    /// <param name="headerLength">Bytes of the header.</param>
    /// <exception cref="FormatException">It is no header, or not supported; the message is a clause about the array.</exception>
    public static NpyHeader Read(Stream stream, out int headerLength)
    {
        byte[] start = Take(stream, MagicLength);
        if (!start.AsSpan().StartsWith(Magic))
        {
            throw new FormatException("is no array of NumPy");
        }

        if (start[6] is not (1 or 2 or 3) || start[7] != 0)
        {
            throw new FormatException($"is in version {start[6]}.{start[7]} of NumPy's format; 1.0, 2.0 or 3.0 was expected");
        }

        int lengthBytes = start[6] == 1 ? sizeof(ushort) : sizeof(uint);
        uint length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(Take(stream, lengthBytes))
            : BinaryPrimitives.ReadUInt32LittleEndian(Take(stream, lengthBytes));
        if (length > MaximumLength)
        {
            throw new FormatException($"has a header of {length} bytes; at most {MaximumLength} were expected");
        }

        headerLength = MagicLength + lengthBytes + (int)length;
        byte[] text = Take(stream, (int)length);
        return Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text));
    }

    /// <summary>The header in version 1.0.</summary>
    public byte[] ToBytes()
    {
        string shape = Shape.Length == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{{'descr': '{Type}', 'fortran_order': {(IsFortran ? "True" : "False")}, 'shape': {shape}, }}");
        int unpadded = MagicLength + sizeof(ushort) + text.Length + 1;
        int length = (unpadded + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(MagicLength), (ushort)(length - MagicLength - sizeof(ushort)));
        Encoding.ASCII.GetBytes(text.PadRight(text.Length + length - unpadded) + '\n', bytes.AsSpan(MagicLength + sizeof(ushort)));
        return bytes;
    }

    private static byte[] Take(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw new FormatException("ends within its header");
    }

    private static NpyHeader Parse(string text)
    {
        Match type = TypePart().Match(text);
        Match order = OrderPart().Match(text);
        Match shape = ShapePart().Match(text);
        if (Objects().IsMatch(text))
        {
            throw new FormatException("holds objects of Python, which are pickled; they could only be had by running what the file says, and are never run. Save numbers, and texts such as json.dumps gives");
        }

        if (!type.Success || !order.Success || !shape.Success || !Rest().IsMatch(ShapePart().Replace(OrderPart().Replace(TypePart().Replace(text, "", 1), "", 1), "", 1)))
        {
            throw new FormatException($"has a header that does not say rightly what it is: '{TensorEntry.Shortened(text.Trim())}'");
        }

        NpyType elements = NpyType.Parse(type.Groups[1].Value)
            ?? throw new FormatException($"is of type '{TensorEntry.Shortened(type.Groups[1].Value)}', which is not read; numbers were expected, such as '<f8', '<f4' or '|u1'");
        return new NpyHeader(elements, order.Groups[1].Value == "True", [.. shape.Groups["size"].Captures.Select(dimension =>
            long.TryParse(dimension.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? size
                : throw new FormatException($"has a dimension of {TensorEntry.Shortened(dimension.Value)}"))]);
    }

    // A type of objects, alone or of a field.
    [GeneratedRegex("""['"]\|?O['"]""")]
    private static partial Regex Objects();

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex TypePart();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex OrderPart();

    // A tuple of one element has a comma; an L after a number is Python 2's.
    [GeneratedRegex("""['"]shape['"]\s*:\s*\(\s*(?:(?:(?<size>[0-9]+)L?\s*,\s*)+(?:(?<size>[0-9]+)L?\s*)?)?\)""")]
    private static partial Regex ShapePart();

    [GeneratedRegex(@"^\{[\s,]*\}\s*$")]
    private static partial Regex Rest();
}
