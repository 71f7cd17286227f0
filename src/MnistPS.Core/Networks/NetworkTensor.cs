using System.Buffers.Binary;
using MnistPS.Tensors;

namespace MnistPS.Networks;

/// <summary>
/// A tensor of a network in a file. Its name is that of PyTorch's <c>nn.Sequential</c>: the index of the layer and the name of the parameter. Its shape is
/// PyTorch's: (outputs, inputs) for a dense layer, whose weights are (inputs, outputs) in memory, and (outputs, inputs, rows, columns) for a convolution.
/// </summary>
/// <param name="Name">Its name, such as <c>0.weight</c>.</param>
/// <param name="Shape">Its shape in the file.</param>
/// <param name="IsTransposed">Whether it is transposed in memory.</param>
/// <param name="IsNonNegative">Whether all values must be 0 or more, since a root is taken of them.</param>
internal sealed record NetworkTensor(string Name, int[] Shape, bool IsTransposed, bool IsNonNegative)
{
    /// <summary>Values between two checks for cancellation.</summary>
    public const int ChunkNumbers = 8192;

    // The names of torch.optim.SGD and torch.optim.Adam.
    private static readonly string[][] _moments = [[], ["momentum_buffer"], ["exp_avg", "exp_avg_sq"]];

    /// <summary>The number of elements.</summary>
    public int Count => Shape.Aggregate(1, (count, dimension) => checked(count * dimension));

    /// <summary>The parameters of a network, in memory order.</summary>
    public static IEnumerable<NetworkTensor> ParametersOf(NetworkDefinition definition)
        => NamedParametersOf(definition).Select(named => Of(named.Name, named.Parameter, named.Parameter.Role == ParameterRole.RunningVariance));

    /// <summary>The moments of a network's optimizer, in memory order.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="momentCount">Moments per parameter value: 0, 1 or 2.</param>
    public static IEnumerable<NetworkTensor> MomentsOf(NetworkDefinition definition, int momentCount)
        => NamedParametersOf(definition)
            .Where(named => named.Parameter.IsTrained && !named.Parameter.IsNormalizedAway)
            .SelectMany(named => _moments[momentCount].Select((moment, i) => Of($"optimizer.{named.Name}.{moment}", named.Parameter, isNonNegative: i == 1)));

    /// <summary>Bytes per value: 4 if float32 is exact for all, else 8.</summary>
    public static int SizeFor(double[] numbers, CancellationToken cancellation)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i % ChunkNumbers == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if ((float)numbers[i] != numbers[i])
            {
                return sizeof(double);
            }
        }

        return sizeof(float);
    }

    /// <summary>Encodes values for the file, chunk by chunk.</summary>
    /// <param name="numbers">The values in memory order.</param>
    /// <param name="size">Bytes per value.</param>
    /// <param name="take">Receives each chunk.</param>
    /// <param name="cancellation">Cancels the encoding.</param>
    public void Encode(double[] numbers, int size, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation)
    {
        byte[] chunk = new byte[ChunkNumbers * size];
        ReadOnlySpan<double> left = IsTransposed ? ToFile(numbers, cancellation) : numbers;
        while (!left.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ChunkNumbers, left.Length);
            for (int i = 0; i < count; i++)
            {
                Span<byte> place = chunk.AsSpan(i * size, size);
                if (size == sizeof(float))
                {
                    BinaryPrimitives.WriteSingleLittleEndian(place, (float)left[i]);
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(place, left[i]);
                }
            }

            take(chunk.AsSpan(0, count * size));
            left = left[count..];
        }
    }

    /// <summary>Decodes values into memory order.</summary>
    /// <param name="stream">A stream at the tensor's first byte.</param>
    /// <param name="type">The element type: F64, F32, F16 or BF16.</param>
    /// <param name="take">Receives the bytes as they are read.</param>
    /// <param name="cancellation">Cancels the decoding.</param>
    public double[] Decode(Stream stream, string type, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation)
    {
        int size = type switch { "F64" => sizeof(double), "F32" => sizeof(float), _ => sizeof(ushort) };
        byte[] chunk = new byte[ChunkNumbers * size];
        double[] numbers = new double[Count];
        Span<double> left = numbers;
        while (!left.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ChunkNumbers, left.Length);
            Span<byte> bytes = chunk.AsSpan(0, count * size);
            stream.ReadExactly(bytes);
            take(bytes);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> place = bytes.Slice(i * size, size);
                left[i] = type switch
                {
                    "F64" => BinaryPrimitives.ReadDoubleLittleEndian(place),
                    "F32" => BinaryPrimitives.ReadSingleLittleEndian(place),
                    "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(place),
                    _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(place) << 16),
                };
            }

            left = left[count..];
        }

        return FromFile(numbers, cancellation);
    }

    /// <summary>A copy of values, from memory order to the order of the file.</summary>
    public double[] ToFile(double[] numbers, CancellationToken cancellation)
        => IsTransposed ? Transpose(numbers, Shape[1], Shape[0], cancellation) : [.. numbers];

    /// <summary>Values in memory order, from the order of the file.</summary>
    public double[] FromFile(double[] numbers, CancellationToken cancellation)
        => IsTransposed ? Transpose(numbers, Shape[0], Shape[1], cancellation) : numbers;

    private static IEnumerable<(string Name, ParameterDefinition Parameter)> NamedParametersOf(NetworkDefinition definition)
        => definition.Layers
            .SelectMany((layer, i) => layer.ParametersFor(definition.Shapes[i]).Select(parameter => $"{i}.{NameOf(parameter.Role)}"))
            .Zip(definition.Parameters);

    private static string NameOf(ParameterRole role) => role switch
    {
        ParameterRole.Weights or ParameterRole.Scale => "weight",
        ParameterRole.Bias or ParameterRole.Shift => "bias",
        ParameterRole.RunningMean => "running_mean",
        _ => "running_var",
    };

    private static NetworkTensor Of(string name, ParameterDefinition parameter, bool isNonNegative)
        => parameter.Shape is [int inputs, int outputs]
            ? new NetworkTensor(name, [outputs, inputs], IsTransposed: true, isNonNegative)
            : new NetworkTensor(name, parameter.Shape, IsTransposed: false, isNonNegative);

    /// <summary>Transposes a matrix (rows, columns).</summary>
    private static double[] Transpose(double[] numbers, int rows, int columns, CancellationToken cancellation)
    {
        double[] turned = new double[numbers.Length];
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int column = 0; column < columns; column++)
            {
                turned[column * rows + row] = numbers[row * columns + column];
            }
        }

        return turned;
    }
}
