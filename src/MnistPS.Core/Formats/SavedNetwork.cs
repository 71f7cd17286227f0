using System.Text.Json;
using System.Text.Json.Serialization;
using MnistPS.Networks;
using MnistPS.Optimizers;

namespace MnistPS.Formats;

/// <summary>
/// A network in a stream, from which it goes on to the last bit as if it had never left. First comes the length of a text in bytes, a 32-bit
/// integer; then the text, this record as JSON (RFC 8259) in UTF-8; then the numbers (IEEE 754): the parameters in the order in which they
/// are drawn, and the optimizer's moments of each parameter that it moves. All are little-endian. The numbers have 32 bits if none loses
/// anything by it (<paramref name="IsSingle"/>), else 64.
/// </summary>
internal sealed record SavedNetwork(
    string[] Layers,
    bool IsDocuments,
    LossKind Loss,
    double LabelSmoothing,
    TrainingDefaults Defaults,
    ulong Seed,
    Precision Precision,
    EpochMetrics[] History,
    NumPyGeneratorState Generator,
    OptimizerKind? Optimizer,
    long StepCount,
    int MomentCount,
    bool IsSingle)
{
    // Enough for half a million layers. The first bytes of another file, taken for a length, mostly say more, and are refused before as much is read.
    private const int LongestText = 1 << 24;

    private static readonly JsonSerializerOptions _strict = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
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
            definition.Defaults, network.Seed, state.Precision, [.. state.History], state.Generator.State, state.Optimizer?.Kind,
            state.Optimizer?.StepCount ?? 0, moments.Length / Moved(definition).Count(),
            numbers.All(row => Array.TrueForAll(row, number => (float)number == number)));
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(saved, _strict);
        using BinaryWriter writer = new(stream);
        writer.Write(text.Length);
        writer.Write(text);
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
            int length = reader.ReadInt32();
            SavedNetwork? saved = length is >= 0 and <= LongestText
                ? JsonSerializer.Deserialize<SavedNetwork>(reader.ReadBytes(length), _strict)
                : throw new FormatException("It begins with something else.");
            MnistNetwork network = saved?.ReadNumbers(reader) ?? throw new FormatException("It is empty.");
            return stream.ReadByte() < 0 ? network : throw new FormatException("It holds more numbers than its layers have.");
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("It ends too early.", e);
        }
        catch (JsonException e)
        {
            throw new FormatException($"It describes no network that is known here, at '{e.Path}'.", e);
        }
        catch (MnistException e)
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
        };
        if (StepCount < 0 || MomentCount is < 0 or > 2)
        {
            throw new FormatException("Its number of steps or moments is out of range.");
        }

        double[][] values = [.. definition.Parameters.Select(parameter => Numbers(parameter.Count))];
        double[][] moments = [.. Moved(definition).SelectMany(count => Enumerable.Repeat(count, MomentCount)).Select(Numbers)];
        OptimizerState? optimizer = Optimizer is { } kind ? new OptimizerState(kind, StepCount, moments) : null;
        return new MnistNetwork(definition, Seed, new NetworkState(values, new NumPyGenerator(Generator), optimizer, [.. History], Precision));

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
