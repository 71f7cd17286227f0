using System.IO.Compression;
using System.Text;

namespace MnistPS.Formats;

/// <summary>An array of NumPy, in an npz file or in a file of its own. Its elements are read on demand.</summary>
internal sealed class NpyArray
{
    // Elements between two checks for cancellation.
    private const int ChunkElements = 1 << 16;

    // No deflate stream is shorter than this fraction of its content (https://zlib.net/zlib_tech.html).
    private const long MaximumExpansion = 1032;

    private readonly Func<Stream> _open;
    private readonly long _length;
    private readonly uint? _crc32;
    private readonly int _headerLength;

    /// <summary>Reads the header of an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="open">Opens its content.</param>
    /// <param name="length">Bytes of the content.</param>
    /// <param name="maximum">Bytes that the content can have.</param>
    /// <param name="crc32">Its checksum, or null if there is none.</param>
    /// <exception cref="FormatException">Its type is not supported, or its length is not that of its shape.</exception>
    private NpyArray(string name, Func<Stream> open, long length, long maximum, uint? crc32)
    {
        Name = name;
        _open = open;
        _length = length;
        _crc32 = crc32;
        try
        {
            using Stream content = open();
            Header = NpyHeader.Read(content, out _headerLength);
            Int128 elements = Header.Count * Header.Type.Bytes;
            if (elements + _headerLength != length)
            {
                throw new FormatException($"says that it has {elements} bytes of elements, and has {length - _headerLength}");
            }

            if (Header.Count > Array.MaxLength || length > maximum)
            {
                throw new FormatException($"says that it has {length} bytes, which is more than can be");
            }
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or NotSupportedException)
        {
            throw Wrong(name, e is FormatException ? e.Message : $"cannot be unpacked: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Its name, without <c>.npy</c>.</summary>
    public string Name { get; }

    /// <summary>Its header.</summary>
    public NpyHeader Header { get; }

    /// <summary>Opens the array of an npz file's entry.</summary>
    /// <exception cref="FormatException">Its type is not supported, or its length is not that of its shape.</exception>
    public static NpyArray Open(string name, ZipArchiveEntry entry)
        => new(name, entry.Open, entry.Length, Math.Max(entry.CompressedLength, 1) * MaximumExpansion, entry.Crc32);

    /// <summary>Opens the array of a file.</summary>
    /// <exception cref="FormatException">Its type is not supported, or its length is not that of its shape.</exception>
    public static NpyArray Open(string name, string path)
    {
        using FileStream file = SpecialFile.OpenFile(path);
        return new NpyArray(name, () => SpecialFile.OpenFile(path), file.Length, file.Length, null);
    }

    /// <summary>Writes an array.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="type">Its type, such as <c>&lt;f8</c>.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="write">Writes its elements in C order.</param>
    public static void Write(Stream stream, string type, long[] shape, Action<Action<ReadOnlySpan<byte>>> write)
    {
        stream.Write(new NpyHeader(NpyType.Parse(type)!.Value, IsFortran: false, shape).ToBytes());
        write(stream.Write);
    }

    /// <summary>The elements as doubles, in C order.</summary>
    /// <exception cref="FormatException">They are strings, or damaged.</exception>
    public double[] ReadNumbers(CancellationToken cancellation)
    {
        NpyType type = Header.Type;
        return type.IsText
            ? throw Wrong(Name, "holds text; numbers were expected")
            : Read<double>((bytes, numbers, _) => type.Decode(bytes, numbers), cancellation);
    }

    /// <summary>The elements as bytes, in C order.</summary>
    /// <exception cref="FormatException">They are no integers from 0 to 255, or damaged.</exception>
    public byte[] ReadBytes(CancellationToken cancellation)
    {
        NpyType type = Header.Type;
        if (type is { Kind: 'u', Size: 1 })
        {
            return Read<byte>((bytes, values, _) => bytes.CopyTo(values), cancellation);
        }

        if (type.IsText)
        {
            throw Wrong(Name, "holds text; numbers were expected");
        }

        double[] numbers = new double[ChunkElements];
        return Read<byte>(
            (bytes, values, first) =>
            {
                type.Decode(bytes, numbers.AsSpan(0, values.Length));
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (byte)numbers[i];
                    if (values[i] != numbers[i])
                    {
                        throw Wrong(Name, FormattableString.Invariant($"has {numbers[i]} at place {first + i}; whole numbers from 0 to 255 were expected, best as uint8"));
                    }
                }
            },
            cancellation);
    }

    /// <summary>The string of an array with one element.</summary>
    /// <exception cref="FormatException">It is no string, or damaged.</exception>
    public string ReadText(CancellationToken cancellation)
    {
        if (!Header.Type.IsText || Header.Count != 1)
        {
            throw Wrong(Name, $"is of type '{Header.Type}'; a text was expected, such as json.dumps gives");
        }

        try
        {
            byte[] bytes = Read<byte>((source, target, _) => source.CopyTo(target), cancellation, elementBytes: 1);
            return new UTF32Encoding(Header.Type.IsBigEndian, byteOrderMark: false, throwOnInvalidCharacters: true).GetString(bytes).TrimEnd('\0');
        }
        catch (DecoderFallbackException e)
        {
            throw Wrong(Name, "holds characters that there are not", e);
        }
    }

    /// <summary>The exception of a bad array.</summary>
    /// <param name="what">A clause, such as <c>ends too early</c>.</param>
    public FormatException Wrong(string what) => Wrong(Name, what);

    private static FormatException Wrong(string name, string what, Exception? cause = null)
        => new($"Its array '{TensorEntry.Shortened(name)}' {what}.", cause);

    private T[] Read<T>(Convert<T> convert, CancellationToken cancellation, int? elementBytes = null)
    {
        int size = elementBytes ?? Header.Type.Bytes;
        Crc32 crc = default;
        T[] values = new T[(_length - _headerLength) / size];
        try
        {
            using Stream content = _open();
            byte[] chunk = new byte[Math.Max(_headerLength, Math.Min(ChunkElements, values.Length) * size)];
            content.ReadExactly(chunk, 0, _headerLength);
            crc.Append(chunk.AsSpan(0, _headerLength));
            for (int first = 0; first < values.Length; first += ChunkElements)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(ChunkElements, values.Length - first);
                Span<byte> bytes = chunk.AsSpan(0, count * size);
                content.ReadExactly(bytes);
                crc.Append(bytes);
                convert(bytes, values.AsSpan(first, count), first);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Wrong(Name, "is damaged or ends too early", e);
        }

        if (_crc32 is { } expected && crc.Value != expected)
        {
            throw Wrong(Name, FormattableString.Invariant($"is damaged: its CRC-32 is {crc.Value:X8}; {expected:X8} was expected"));
        }

        return Header.IsFortran && elementBytes is null ? ToRowMajor(values, cancellation) : values;
    }

    /// <summary>Converts values from Fortran order to C order.</summary>
    private T[] ToRowMajor<T>(T[] values, CancellationToken cancellation)
    {
        int[] shape = [.. Header.Shape.Select(dimension => (int)dimension)];
        int[] strides = new int[shape.Length];
        for (int i = 0, stride = 1; i < shape.Length; stride *= shape[i++])
        {
            strides[i] = stride;
        }

        T[] turned = new T[values.Length];
        int[] place = new int[shape.Length];
        for (int i = 0, from = 0; i < turned.Length; i++)
        {
            if (i % ChunkElements == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            turned[i] = values[from];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++place[axis] < shape[axis])
                {
                    break;
                }

                from -= strides[axis] * shape[axis];
                place[axis] = 0;
            }
        }

        return turned;
    }

    private delegate void Convert<T>(Span<byte> bytes, Span<T> values, int first);
}
