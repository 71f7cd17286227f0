using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MnistPS.Formats;

/// <summary>
/// The header of a safetensors file: the length of a JSON text in bytes (64 bits, little-endian), then the text. The tensors' values follow without gaps.
/// Source: https://github.com/huggingface/safetensors#format.
/// </summary>
/// <param name="Metadata">The strings of <c>__metadata__</c>.</param>
/// <param name="Tensors">The tensors, in the order of their values in the file.</param>
/// <param name="Bytes">The header's bytes, with the length.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<TensorEntry> Tensors, byte[] Bytes)
{
    private const string MetadataKey = "__metadata__";

    // The format's own limit.
    private const long MaximumLength = 100_000_000;
    private const int LengthBytes = sizeof(ulong);

    // The alignment of the values, in bytes.
    private const int Alignment = 8;

    private static readonly JsonWriterOptions _relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    /// <summary>Creates a header.</summary>
    /// <param name="metadata">The strings of <c>__metadata__</c>, in order. The first one has a fixed offset.</param>
    /// <param name="tensors">The tensors, in the order of their values.</param>
    public static SafetensorsHeader Create(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorEntry> tensors)
    {
        using MemoryStream stream = new();
        stream.Write(new byte[LengthBytes]);
        using (Utf8JsonWriter json = new(stream, _relaxed))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string name, string text) in metadata)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            foreach (TensorEntry tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers("shape", tensor.Shape);
                WriteNumbers("data_offsets", [tensor.Begin, tensor.End]);
                json.WriteEndObject();
            }

            json.WriteEndObject();

            void WriteNumbers(string name, long[] numbers)
            {
                json.WriteStartArray(name);
                foreach (long number in numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            }
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        byte[] bytes = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - LengthBytes);
        return new SafetensorsHeader(metadata, tensors, bytes);
    }

    /// <summary>Bytes per value of a type, or null if the format has no such type.</summary>
    public static int? SizeOf(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => null,
    };

    /// <summary>Reads a header, and leaves the stream at the first value.</summary>
    /// <exception cref="FormatException">It is no header, the file has another length than it says, or bytes belong to no tensor.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[LengthBytes + 1];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ulong length = count == start.Length ? BinaryPrimitives.ReadUInt64LittleEndian(start) : 0;
        if (length is 0 or > MaximumLength || start[LengthBytes] != '{')
        {
            throw new FormatException(count == 0 ? "It is empty." : "It begins with something else.");
        }

        if ((long)length > stream.Length - LengthBytes)
        {
            throw new FormatException("It ends within its header.");
        }

        byte[] bytes = new byte[LengthBytes + (int)length];
        start.CopyTo(bytes);
        stream.ReadExactly(bytes.AsSpan(start.Length));
        try
        {
            // A string that is not UTF-8 throws only when it is read.
            using JsonDocument json = JsonDocument.Parse(bytes.AsMemory(LengthBytes), _strict);
            return Read(json.RootElement, bytes, stream.Length - bytes.Length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("Its header is no JSON text as it should be.", e);
        }
    }

    private static SafetensorsHeader Read(JsonElement json, byte[] bytes, long bufferLength)
    {
        Dictionary<string, string> metadata = [];
        List<TensorEntry> tensors = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name != MetadataKey)
            {
                tensors.Add(ReadTensor(property.Name, property.Value));
                continue;
            }

            foreach (JsonProperty text in property.Value.EnumerateObject())
            {
                metadata.Add(text.Name, text.Value.GetString() ?? throw Wrong(MetadataKey));
            }
        }

        // No gap, no overlap, nothing after the last tensor.
        tensors.Sort((first, second) => (first.Begin, first.End).CompareTo((second.Begin, second.End)));
        long end = 0;
        foreach (TensorEntry tensor in tensors)
        {
            if (tensor.Begin != end)
            {
                throw new FormatException($"Its tensor {tensor} begins at {tensor.Begin}; {end} was expected, where the one before ends.");
            }

            end = tensor.End;
        }

        return end == bufferLength
            ? new SafetensorsHeader(metadata, tensors, bytes)
            : throw new FormatException(end > bufferLength
                ? $"It ends too early: its tensors have {end} bytes, of which {bufferLength} are there."
                : $"It goes on behind its last tensor: they have {end} bytes, and {bufferLength} are there.");
    }

    private static TensorEntry ReadTensor(string name, JsonElement json)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            switch (property.Name)
            {
                case "dtype":
                    type = property.Value.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(property.Value);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(property.Value);
                    break;
                default:
                    throw Wrong(name);
            }
        }

        if (type is null || SizeOf(type) is not int size || shape is null || offsets is not [long begin, long end])
        {
            throw Wrong(name);
        }

        // 128 bits: no product of 64-bit lengths overflows before it is compared.
        Int128 length = size;
        foreach (long dimension in shape)
        {
            length *= dimension;
            if (length > long.MaxValue)
            {
                throw Wrong(name);
            }
        }

        return length == end - begin ? new TensorEntry(name, type, shape, begin, end) : throw Wrong(name);

        long[] ReadNumbers(JsonElement numbers)
            => [.. numbers.EnumerateArray().Select(number => number.TryGetInt64(out long value) && value >= 0 ? value : throw Wrong(name))];
    }

    private static FormatException Wrong(string name) => new($"Its header does not say rightly what '{TensorEntry.Shortened(name)}' is.");
}
