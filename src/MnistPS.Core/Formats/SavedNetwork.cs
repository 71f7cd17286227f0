using System.Text.Json;
using System.Text.Json.Serialization;
using MnistPS.Networks;
using MnistPS.Optimizers;

namespace MnistPS.Formats;

/// <summary>
/// A network in a stream, from which it goes on to the last bit as if it had never left: a JSON text (RFC 8259), which is this record, in
/// UTF-8 behind its length, and then all numbers, little-endian (IEEE 754): the parameters in the order in which they are drawn, and the
/// optimizer's moments of each parameter that it moves. They have 32 bits if they lose nothing by it, else 64.
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
    int MomentCount,
    bool IsSingle)
{
    private static readonly JsonSerializerOptions _strict = new()
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes a network as of its last whole epoch, even while it is trained.</summary>
    public static void Write(MnistNetwork network, Stream stream)
    {
        NetworkDefinition definition = network.Definition;
        NetworkState state = network.State;
        double[][] moments = state.Optimizer?.Moments ?? [];
        double[][] numbers = [.. state.Values, .. moments];
        SavedNetwork saved = new(
            [.. definition.Layers.Select(layer => layer.ToString())], definition.IsDocuments, definition.Loss, definition.LabelSmoothing,
            definition.Initializer, definition.WeightRange, definition.Defaults, network.Seed, state.Precision, state.EpochsTrained,
            state.Generator.State, state.Optimizer?.Kind, state.Optimizer?.StepCount ?? 0, moments.Length / Moved(definition).Count(),
            numbers.All(row => Array.TrueForAll(row, number => (float)number == number)));
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
    }

    /// <summary>Reads a network.</summary>
    /// <exception cref="FormatException">The stream holds something else, or a network that this version does not know.</exception>
    public static MnistNetwork Read(Stream stream)
    {
        try
        {
            using BinaryReader reader = new(stream);
            SavedNetwork saved = JsonSerializer.Deserialize<SavedNetwork>(reader.ReadString(), _strict) ?? throw new FormatException("It is empty.");
            MnistNetwork network = saved.ReadNumbers(reader);
            return stream.ReadByte() < 0 ? network : throw new FormatException("It holds more numbers than its layers have.");
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("It ends too early.", e);
        }
        catch (Exception e) when (e is JsonException or MnistException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static IEnumerable<int> Moved(NetworkDefinition definition)
        => definition.Parameters.Where(parameter => parameter.IsTrained && !parameter.IsTakenAway).Select(parameter => parameter.Count);

    private MnistNetwork ReadNumbers(BinaryReader reader)
    {
        IReadOnlyList<LayerDefinition> layers = LayerParser.Parse(Layers);
        NetworkDefinition definition = new(IsDocuments ? [.. layers.Select(layer => layer.InDocument)] : layers, Loss, Defaults)
        {
            LabelSmoothing = LabelSmoothing,
            Initializer = Initializer,
            WeightRange = WeightRange,
        };
        if (EpochsTrained < 0 || StepCount < 0 || MomentCount is < 0 or > 2)
        {
            throw new FormatException("Its number of epochs, steps or moments is out of range.");
        }

        double[][] values = [.. definition.Parameters.Select(parameter => Numbers(parameter.Count))];
        double[][] moments = [.. Moved(definition).SelectMany(count => Enumerable.Repeat(count, MomentCount)).Select(Numbers)];
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
