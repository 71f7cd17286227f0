using System.Buffers.Binary;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Formats;

/// <summary>
/// A tensor of a network in a file. It is called as PyTorch's <c>nn.Sequential</c> would call it, after the index of its layer and what it is
/// there, and has the shape that PyTorch gives it: (outputs, inputs) for a dense layer, which is the other way round here, and (outputs,
/// inputs, rows, columns) for a convolution.
/// </summary>
/// <param name="Name">Its name, such as <c>0.weight</c>.</param>
/// <param name="Shape">Its shape in the file.</param>
/// <param name="IsTransposed">Whether it is kept the other way round.</param>
/// <param name="IsNonNegative">Whether no number in it may be below zero, since a root is taken of it.</param>
internal sealed record NetworkTensor(string Name, int[] Shape, bool IsTransposed, bool IsNonNegative)
{
    /// <summary>Numbers that are handled at once, between two looks at whether to stop.</summary>
    public const int ChunkNumbers = 8192;

    // PyTorch's names for what its optimizers keep: torch.optim.SGD and torch.optim.Adam.
    private static readonly string[][] _moments = [[], ["momentum_buffer"], ["exp_avg", "exp_avg_sq"]];

    /// <summary>Numbers in it.</summary>
    public int Count => Shape.Aggregate(1, (count, dimension) => checked(count * dimension));

    /// <summary>The parameters of a network, in the order in which it keeps them.</summary>
    public static IEnumerable<NetworkTensor> ParametersOf(NetworkDefinition definition)
        => NamedParametersOf(definition).Select(named => Of(named.Name, named.Parameter, named.Parameter.Role == ParameterRole.RunningVariance));

    /// <summary>What an optimizer keeps of a network, in the order in which it does.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="momentCount">Numbers that are kept for each number of a parameter: 0, 1 or 2.</param>
    public static IEnumerable<NetworkTensor> MomentsOf(NetworkDefinition definition, int momentCount)
        => NamedParametersOf(definition)
            .Where(named => named.Parameter.IsTrained && !named.Parameter.IsTakenAway)
            .SelectMany(named => _moments[momentCount].Select((moment, i) => Of($"optimizer.{named.Name}.{moment}", named.Parameter, isNonNegative: i == 1)));

    /// <summary>Bytes that a number takes: 4 where none loses anything by it, else 8.</summary>
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

    /// <summary>Hands on numbers as the file has them, a piece at a time.</summary>
    /// <param name="numbers">The numbers as they are kept.</param>
    /// <param name="size">Bytes of a number.</param>
    /// <param name="take">Takes a piece.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Encode(double[] numbers, int size, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation)
    {
        byte[] chunk = new byte[ChunkNumbers * size];
        ReadOnlySpan<double> left = IsTransposed ? Transpose(numbers, Shape[1], Shape[0], cancellation) : numbers;
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

    /// <summary>Reads numbers into the order in which they are kept.</summary>
    /// <param name="stream">A stream that is where the tensor begins.</param>
    /// <param name="type">The type of its numbers: F64, F32, F16 or BF16.</param>
    /// <param name="take">Sees the bytes as they come.</param>
    /// <param name="cancellation">Ends it.</param>
    public double[] Decode(Stream stream, string type, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation)
    {
        int size = SafetensorsHeader.SizeOf(type)!.Value;
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

        return ToKept(numbers, cancellation);
    }

    /// <summary>Numbers as the file has them, in the order in which they are kept.</summary>
    public double[] ToKept(double[] numbers, CancellationToken cancellation)
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

    /// <summary>Rows become columns.</summary>
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
