using System.Text.Json;
using System.Text.Json.Serialization;
using MnistPS.Networks;
using MnistPS.Optimizers;

namespace MnistPS.Formats;

/// <summary>
/// A network as bytes, from which it goes on to the last bit as if it had never left: a JSON text (RFC 8259), which is this record, in UTF-8
/// behind its length, and then all numbers, little-endian (IEEE 754): the parameters in the order in which they are drawn, and the moments of
/// the optimizer, parameter by parameter. They have 32 bits if they lose nothing by it, else 64.
/// </summary>
internal sealed record SavedNetwork(
    string[] Layers,
    bool IsDocuments,
    LossKind Loss,
    double LabelSmoothing,
    Initializer Initializer,
    double WeightRange,
    TrainingDefaults Defaults,
    ulong Seed,
    Precision Precision,
    int EpochsTrained,
    NumPyGeneratorState Generator,
    OptimizerKind? Optimizer,
    long StepCount,
    bool IsSingle)
{
    private static readonly JsonSerializerOptions _strict = new()
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The bytes of a network as of its last whole epoch, even while it is trained.</summary>
    public static byte[] Write(MnistNetwork network)
    {
        NetworkDefinition definition = network.Definition;
        NetworkState state = network.State;
        double[][] numbers = [.. state.Values, .. state.Optimizer?.Moments ?? []];
        SavedNetwork saved = new(
            [.. definition.Layers.Select(layer => layer.ToString())], definition.IsDocuments, definition.Loss, definition.LabelSmoothing,
            definition.Initializer, definition.WeightRange, definition.Defaults, network.Seed, state.Precision, state.EpochsTrained,
            state.Generator.State, state.Optimizer?.Kind, state.Optimizer?.StepCount ?? 0,
            numbers.All(row => Array.TrueForAll(row, number => (float)number == number)));
        MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(JsonSerializer.Serialize(saved, _strict));
        foreach (double number in numbers.SelectMany(row => row))
        {
            if (saved.IsSingle)
            {
                writer.Write((float)number);
            }
            else
            {
                writer.Write(number);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The network of some bytes.</summary>
    /// <exception cref="MnistException">They are not those of a network, or not of one that this version knows (<c>NotASavedNetwork</c>).</exception>
    public static MnistNetwork Read(byte[] bytes)
    {
        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes));
            SavedNetwork saved = JsonSerializer.Deserialize<SavedNetwork>(reader.ReadString(), _strict) ?? throw new JsonException("It is empty.");
            return saved.Read(reader);
        }
        catch (Exception e) when (e is JsonException or IOException or FormatException or MnistException)
        {
            throw new MnistException("NotASavedNetwork", Fault.InvalidData,
                $"The saved network is damaged, or of another version of MnistPS: {e.Message} Save it again where it was trained.", null, e);
        }
    }

    private MnistNetwork Read(BinaryReader reader)
    {
        IReadOnlyList<LayerDefinition> layers = LayerParser.Parse(Layers);
        NetworkDefinition definition = new(IsDocuments ? [.. layers.Select(layer => layer.InDocument)] : layers, Loss, Defaults)
        {
            LabelSmoothing = LabelSmoothing,
            Initializer = Initializer,
            WeightRange = WeightRange,
        };
        int[] counts = [.. definition.Parameters.Select(parameter => parameter.Count)];
        int[] moved = [.. definition.Parameters.Where(parameter => parameter.IsTrained && !parameter.IsTakenAway).Select(parameter => parameter.Count)];
        long bytes = reader.BaseStream.Length - reader.BaseStream.Position;
        (long all, long rest) = Math.DivRem(bytes, IsSingle ? sizeof(float) : sizeof(double));
        (long momentCount, long few) = Math.DivRem(all - counts.Sum(count => (long)count), moved.Sum(count => (long)count));
        if (rest != 0 || few != 0 || momentCount < 0 || (momentCount > 0 && Optimizer is null) || StepCount < 0 || EpochsTrained < 0)
        {
            throw new FormatException($"{bytes} bytes of numbers do not fit its layers and its training.");
        }

        double[][] values = [.. counts.Select(Numbers)];
        double[][] moments = [.. moved.SelectMany(count => Enumerable.Repeat(count, (int)momentCount)).Select(Numbers)];
        OptimizerState? optimizer = Optimizer is { } kind ? new OptimizerState(kind, StepCount, moments) : null;
        return new MnistNetwork(definition, Seed, new NetworkState(values, new NumPyGenerator(Generator), optimizer, EpochsTrained, Precision));

        double[] Numbers(int count)
        {
            double[] numbers = new double[count];
            foreach (ref double number in numbers.AsSpan())
            {
                number = IsSingle ? reader.ReadSingle() : reader.ReadDouble();
            }

            return numbers;
        }
    }
}
