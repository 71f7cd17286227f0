using System.Buffers.Binary;
using Onnx;
using static Onnx.TensorProto.Types;

namespace MnistPS.Onnx;

/// <summary>Values of a model that do not depend on the image: weights and shapes.</summary>
/// <param name="Shape">The dimensions; none for a scalar.</param>
/// <param name="Numbers">The values, row by row. Integers are exact up to 2⁵³; NaN in a shape is the number of images.</param>
internal sealed record Constant(int[] Shape, double[] Numbers)
{
    /// <summary>The number of images, in a shape.</summary>
    public const double ImageCount = double.NaN;

    // Values between two checks for cancellation.
    private const int DecodedAtOnce = 1 << 16;

    /// <summary>Reads a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="FormatException">Its length is not that of its shape.</exception>
    /// <exception cref="NotSupportedException">Its type is not supported.</exception>
    public static Constant Read(TensorProto tensor, CancellationToken cancellation)
    {
        Int128 count = 1;
        foreach (long dimension in tensor.Dims)
        {
            count = dimension >= 0 && count * dimension <= int.MaxValue ? count * dimension : throw Wrong("a shape that no tensor has");
        }

        double[] numbers = (DataType)tensor.DataType switch
        {
            DataType.Float when !tensor.RawData.IsEmpty => Decode(sizeof(float), bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            DataType.Float => [.. tensor.FloatData],
            DataType.Double when !tensor.RawData.IsEmpty => Decode(sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian),
            DataType.Double => [.. tensor.DoubleData],
            DataType.Float16 when !tensor.RawData.IsEmpty => Decode(sizeof(short), bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            DataType.Float16 => [.. tensor.Int32Data.Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
            DataType.Bfloat16 when !tensor.RawData.IsEmpty => Decode(sizeof(short), bytes => OfBfloat16(BinaryPrimitives.ReadUInt16LittleEndian(bytes))),
            DataType.Bfloat16 => [.. tensor.Int32Data.Select(bits => OfBfloat16((ushort)bits))],
            DataType.Int64 when !tensor.RawData.IsEmpty => Decode(sizeof(long), bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            DataType.Int64 => [.. tensor.Int64Data],
            DataType.Int32 when !tensor.RawData.IsEmpty => Decode(sizeof(int), bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            DataType.Int32 => [.. tensor.Int32Data],
            DataType.Bool when !tensor.RawData.IsEmpty => Decode(sizeof(bool), bytes => bytes[0]),
            DataType.Bool => [.. tensor.Int32Data],
            var type => throw new NotSupportedException(
                $"its tensor '{Node.Shortened(tensor.Name)}' has numbers of type {type}; those of float, double, float16, bfloat16, int64, int32 and bool are read"),
        };
        return numbers.Length == count
            ? new Constant([.. tensor.Dims.Select(dimension => (int)dimension)], numbers)
            : throw Wrong($"{numbers.Length} numbers, and its shape ({string.Join(", ", tensor.Dims)}) has {count}");

        double[] Decode(int size, Func<ReadOnlySpan<byte>, double> decode)
        {
            ReadOnlySpan<byte> bytes = tensor.RawData.Span;
            if (bytes.Length != count * size)
            {
                throw Wrong($"{bytes.Length} bytes, and its shape ({string.Join(", ", tensor.Dims)}) has {count} numbers of {size} each");
            }

            double[] decoded = new double[(int)count];
            for (int i = 0; i < decoded.Length; i++)
            {
                if (i % DecodedAtOnce == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                decoded[i] = decode(bytes.Slice(i * size, size));
            }

            return decoded;
        }

        static double OfBfloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

        FormatException Wrong(string what) => new($"Its tensor '{tensor.Name}' has {what}.");
    }

    /// <summary>A vector.</summary>
    public static Constant Row(params double[] numbers) => new([numbers.Length], numbers);

    /// <summary>The same values in other dimensions, of which one can be −1; null if they do not fit.</summary>
    public Constant? Reshape(double[] sizes)
    {
        long known = 1;
        foreach (double size in sizes.Where(size => size != -1))
        {
            // NaN and infinity fit no size.
            if (!(size >= 0 && size <= Numbers.Length) || (known *= (long)size) > Numbers.Length)
            {
                return null;
            }
        }

        int open = sizes.Count(size => size == -1);
        long rest = open == 1 && known > 0 ? Numbers.Length / known : 1;
        return open <= 1 && known * rest == Numbers.Length ? this with { Shape = [.. sizes.Select(size => size == -1 ? (int)rest : (int)size)] } : null;
    }

    /// <summary>The transposed matrix; null for another tensor, unless its dimensions stay in order.</summary>
    public Constant? Transpose(long[]? order, CancellationToken cancellation)
    {
        order ??= [.. Enumerable.Range(0, Shape.Length).Reverse().Select(i => (long)i)];
        if (order.SequenceEqual(Enumerable.Range(0, Shape.Length).Select(i => (long)i)))
        {
            return this;
        }

        if (Shape is not [int rows, int columns] || order is not [1, 0])
        {
            return null;
        }

        double[] turned = new double[Numbers.Length];
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int column = 0; column < columns; column++)
            {
                turned[column * rows + row] = Numbers[row * columns + column];
            }
        }

        return new Constant([columns, rows], turned);
    }
}
