using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MnistPS;

/// <summary>
/// Unsigned bytes, or 32-bit numbers, in the IDX format, raw or gzipped, as the MNIST database is published: two zero bytes, the element type, the number of
/// dimensions, the size of each as a big-endian 32-bit number, then the elements. Source: http://yann.lecun.com/exdb/mnist/.
/// </summary>
internal sealed class IdxFile
{
    private const byte UnsignedByte = 0x08;
    private const byte SignedInteger = 0x0C;
    private const int MagicLength = 4;

    // Bytes read and hashed between two checks for cancellation.
    private const int StepLength = 1 << 20;

    // A small gzip file can expand to more than the memory. The largest collection in this format, EMNIST ByClass, has 814 255 images.
    internal const int MostItems = 1_000_000;

    // No deflate stream is shorter than this fraction of its content (https://zlib.net/zlib_tech.html).
    private const long MaximumExpansion = 1032;

    private IdxFile(string source, byte[] values, int count, string sha256)
    {
        Source = source;
        Values = values;
        Count = count;
        Sha256 = sha256;
    }

    /// <summary>The path or address of the content.</summary>
    public string Source { get; }

    /// <summary>The elements, item by item, row by row.</summary>
    public byte[] Values { get; }

    /// <summary>Number of items: the first dimension.</summary>
    public int Count { get; }

    /// <summary>SHA-256 of the uncompressed content, header included, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>A warning about content that could be read, or null.</summary>
    public string? Warning { get; private init; }

    /// <summary>
    /// Reads the labels of QMNIST (github.com/facebookresearch/qmnist): eight big-endian 32-bit numbers per image. The first one is the digit. Only those
    /// are kept.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="MnistException">
    /// As <see cref="Read(string, ReadOnlySpan{int}, CancellationToken, int)"/>, or a label is no digit (<c>LabelOutOfRange</c>).
    /// </exception>
    public static IdxFile ReadQmnistLabels(string path, CancellationToken cancellation)
    {
        const int Columns = 8;
        IdxFile file = Read(path, [Columns], cancellation, sizeof(int));
        byte[] labels = new byte[file.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            int label = BinaryPrimitives.ReadInt32BigEndian(file.Values.AsSpan(i * Columns * sizeof(int)));
            if (label is < 0 or > 9)
            {
                throw new MnistException("LabelOutOfRange", Fault.InvalidData,
                    $"'{path}' has label {label} at index {i}; a digit from 0 to 9 was expected.", path);
            }

            labels[i] = (byte)label;
        }

        return new IdxFile(file.Source, labels, file.Count, file.Sha256) { Warning = file.Warning };
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="itemShape">The dimensions after the first: 28, 28 for images, none for labels.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="elementSize">Bytes of an element: 1 for unsigned bytes, 4 for 32-bit numbers.</param>
    /// <exception cref="MnistException">
    /// As <see cref="Read(Stream, string, ReadOnlySpan{int}, CancellationToken, long?, int)"/>, or the file cannot be opened or read (<c>FileNotReadable</c>).
    /// </exception>
    public static IdxFile Read(string path, ReadOnlySpan<int> itemShape, CancellationToken cancellation, int elementSize = 1)
    {
        try
        {
            using FileStream stream = SpecialFile.OpenFile(path);
            return Read(stream, path, itemShape, cancellation, pinnedLength: null, elementSize);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {FileFault.Reason(path, e)}", path, e);
        }
    }

    /// <summary>Reads a stream that can seek.</summary>
    /// <param name="stream">The content, raw or gzipped, from its beginning.</param>
    /// <param name="source">The name for messages.</param>
    /// <param name="itemShape">The dimensions after the first: 28, 28 for images, none for labels.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="pinnedLength">Bytes of the uncompressed content, if they are known: a file of another length is not read.</param>
    /// <param name="elementSize">Bytes of an element: 1 for unsigned bytes, 4 for 32-bit numbers.</param>
    /// <exception cref="MnistException">
    /// It does not begin as IDX does (<c>NotIdxFile</c>), has elements of another type (<c>WrongIdxElementType</c>), other
    /// dimensions (<c>WrongIdxDimensions</c>), more or fewer elements than it declares, or more than are read (<c>WrongIdxLength</c>), or is
    /// truncated or corrupt as gzip (<c>CorruptGzip</c>).
    /// </exception>
    public static IdxFile Read(
        Stream stream, string source, ReadOnlySpan<int> itemShape, CancellationToken cancellation, long? pinnedLength = null, int elementSize = 1)
    {
        bool isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        if (!isGzip)
        {
            return ReadContent(stream, source, itemShape, stream.Length, pinnedLength, elementSize, cancellation);
        }

        try
        {
            using GzipContent content = new(stream);
            IdxFile file = ReadContent(content, source, itemShape, stream.Length * MaximumExpansion, pinnedLength, elementSize, cancellation);
            return new IdxFile(file.Source, file.Values, file.Count, file.Sha256)
            {
                Warning = content.IsFollowed ? $"'{source}' has bytes behind its gzip that are no gzip. They are passed over." : null,
            };
        }
        catch (InvalidDataException e)
        {
            throw new MnistException("CorruptGzip", Fault.InvalidData,
                $"'{source}' is truncated or corrupt: it begins as gzip does, but its {stream.Length} bytes cannot be decompressed to the end.",
                source, e);
        }
    }

    /// <summary>Elements as if they were read from a file.</summary>
    /// <param name="source">The source, for messages.</param>
    /// <param name="itemShape">The dimensions after the first.</param>
    /// <param name="values">The elements.</param>
    public static IdxFile Of(string source, ReadOnlySpan<int> itemShape, byte[] values)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] header = HeaderOf(values.Length, itemShape, out int count);
        hash.AppendData(header);
        hash.AppendData(values);
        return new IdxFile(source, values, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Writes elements without compression.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="itemShape">The dimensions after the first.</param>
    /// <param name="values">The elements.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    public static void Write(Stream stream, ReadOnlySpan<int> itemShape, ReadOnlySpan<byte> values, CancellationToken cancellation)
    {
        stream.Write(HeaderOf(values.Length, itemShape, out _));
        for (; !values.IsEmpty; values = values[Math.Min(StepLength, values.Length)..])
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(values[..Math.Min(StepLength, values.Length)]);
        }
    }

    private static byte[] HeaderOf(int length, ReadOnlySpan<int> itemShape, out int count)
    {
        count = length;
        byte[] header = new byte[MagicLength + sizeof(uint) * (1 + itemShape.Length)];
        header[2] = UnsignedByte;
        header[3] = (byte)(1 + itemShape.Length);
        for (int i = 0; i < itemShape.Length; i++)
        {
            count /= itemShape[i];
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(MagicLength + sizeof(uint) * (i + 1)), itemShape[i]);
        }

        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(MagicLength), count);
        return header;
    }

    private static IdxFile ReadContent(
        Stream content, string source, ReadOnlySpan<int> itemShape, long possibleLength, long? pinnedLength, int elementSize, CancellationToken cancellation)
    {
        Span<byte> header = stackalloc byte[MagicLength + sizeof(uint) * (1 + itemShape.Length)];
        int headerLength = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        CheckMagic(header[..headerLength], content, source, 1 + itemShape.Length, elementSize == 1 ? UnsignedByte : SignedInteger);
        if (headerLength < header.Length)
        {
            throw Invalid("NotIdxFile", source, $"ends at offset {headerLength}, inside its header; {header.Length} bytes of header were expected");
        }

        long length = CheckShape(header[MagicLength..], source, itemShape);
        if (pinnedLength is { } pinned && length != pinned - header.Length)
        {
            throw Invalid("WrongContent", source, $"declares {length} elements; {pinned - header.Length} were expected");
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        byte[] values = ReadValues(content, source, elementSize * length, possibleLength, hash, cancellation);
        return new IdxFile(source, values, (int)SizeAt(header[MagicLength..], 0), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void CheckMagic(ReadOnlySpan<byte> header, Stream content, string source, int dimensions, byte elementType)
    {
        if (header.Length < MagicLength || header[0] != 0 || header[1] != 0)
        {
            byte[] more = new byte[FileSignature.Length - header.Length];
            string found = FileSignature.Of([.. header, .. more.AsSpan(0, content.ReadAtLeast(more, more.Length, throwOnEndOfStream: false))]);
            throw Invalid("NotIdxFile", source,
                $"{found}; an IDX file was expected, which begins with {FileSignature.Hex([0, 0, elementType, (byte)dimensions])}");
        }

        if (header[2] != elementType)
        {
            throw Invalid("WrongIdxElementType", source,
                $"has elements of type {FileSignature.Hex(header[2..3])} at offset 2; {(elementType == UnsignedByte ? "unsigned bytes" : "32-bit numbers")} ({FileSignature.Hex([elementType])}) were expected");
        }

        if (header[3] != dimensions)
        {
            throw Invalid("WrongIdxDimensions", source, $"has {header[3]} dimensions at offset 3; {dimensions} were expected");
        }
    }

    private static long CheckShape(ReadOnlySpan<byte> sizes, string source, ReadOnlySpan<int> itemShape)
    {
        long length = SizeAt(sizes, 0);
        for (int i = 0; i < itemShape.Length; i++)
        {
            uint size = SizeAt(sizes, i + 1);
            if (size != itemShape[i])
            {
                throw Invalid("WrongIdxDimensions", source,
                    $"declares {size} as the size of dimension {i + 2} at offset {MagicLength + sizeof(uint) * (i + 1)}; {itemShape[i]} was expected");
            }

            length *= size;
        }

        if (SizeAt(sizes, 0) > MostItems)
        {
            throw Invalid("WrongIdxLength", source, $"declares {length} elements, {SizeAt(sizes, 0)} items; at most {MostItems} items are read");
        }

        return length;
    }

    private static byte[] ReadValues(
        Stream content, string source, long length, long possibleLength, IncrementalHash hash, CancellationToken cancellation)
    {
        byte[] values = GC.AllocateUninitializedArray<byte>((int)Math.Min(length, possibleLength));
        int filled = 0;

        // Hashing takes half as long as inflating, so it runs in parallel.
        Task hashing = Task.CompletedTask;
        try
        {
            while (filled < length)
            {
                cancellation.ThrowIfCancellationRequested();
                int start = filled;
                int step = Math.Min(StepLength, values.Length - start);
                int read = content.ReadAtLeast(values.AsSpan(start, step), step, throwOnEndOfStream: false);
                filled += read;
                if (read < step || step == 0)
                {
                    throw Invalid("WrongIdxLength", source,
                        $"is truncated or its header is wrong: it declares {length} elements and holds {filled}");
                }

                hashing = hashing.ContinueWith(_ => hash.AppendData(values, start, step), TaskScheduler.Default);
            }
        }
        finally
        {
            hashing.Wait(CancellationToken.None);
        }

        if (content.ReadByte() >= 0)
        {
            throw Invalid("WrongIdxLength", source, $"declares {length} elements and holds more: bytes follow the last one");
        }

        return values;
    }

    private static uint SizeAt(ReadOnlySpan<byte> sizes, int index) => BinaryPrimitives.ReadUInt32BigEndian(sizes[(sizeof(uint) * index)..]);

    private static MnistException Invalid(string id, string source, string what) => new(id, Fault.InvalidData, $"'{source}' {what}.", source);
}
