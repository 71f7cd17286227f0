using System.Buffers.Binary;
using System.Globalization;

namespace MnistPS.Formats;

/// <summary>An element type in NumPy's notation, such as <c>&lt;f8</c>. Source: "The array interface protocol", numpy.org.</summary>
/// <param name="Kind">The letter: f, u, i, b, or U for text.</param>
/// <param name="Size">Bytes of a number, or characters of a string.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct NpyType(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>Bytes per element.</summary>
    public int Bytes => IsText ? sizeof(int) * Size : Size;

    /// <summary>Whether elements are strings, in UTF-32.</summary>
    public bool IsText => Kind == 'U';

    /// <summary>Parses the notation of a type.</summary>
    /// <returns>The type, or null if it is not supported.</returns>
    public static NpyType? Parse(string text)
    {
        if (text.Length < 3 || text[0] is not ('<' or '>' or '|')
            || !int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            return null;
        }

        bool isKnown = (text[1], size) is ('f', 2 or 4 or 8) or ('u' or 'i', 1 or 2 or 4 or 8) or ('b', 1) or ('U', >= 0 and < 1 << 28);
        return isKnown ? new NpyType(text[1], size, text[0] == '>') : null;
    }

    /// <summary>Decodes numeric elements.</summary>
    /// <param name="bytes">Their bytes, which are reversed if they are big-endian.</param>
    /// <param name="numbers">Receives the values.</param>
    public void Decode(Span<byte> bytes, Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            Span<byte> place = bytes.Slice(i * Size, Size);
            if (IsBigEndian)
            {
                place.Reverse();
            }

            numbers[i] = (Kind, Size) switch
            {
                ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(place),
                ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(place),
                ('f', _) => (double)BinaryPrimitives.ReadHalfLittleEndian(place),
                ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(place),
                ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(place),
                ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(place),
                ('i', _) => (sbyte)place[0],
                (_, 8) => BinaryPrimitives.ReadUInt64LittleEndian(place),
                (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(place),
                (_, 2) => BinaryPrimitives.ReadUInt16LittleEndian(place),
                _ => place[0],
            };
        }
    }

    /// <summary>The type in NumPy's notation.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{(Bytes == 1 ? '|' : IsBigEndian ? '>' : '<')}{Kind}{Size}");
}
