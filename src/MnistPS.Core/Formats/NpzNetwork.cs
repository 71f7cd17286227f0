using System.IO.Compression;
using MnistPS.Layers;
using MnistPS.Losses;
using MnistPS.Networks;

namespace MnistPS.Formats;

/// <summary>
/// A network in an npz file, which <c>numpy.load</c> reads. Its arrays are those of <see cref="NetworkFile"/>. The tutorial's network has the tutorial's
/// names and shapes: <c>weights_1</c> (784, 100), <c>weights_2</c> (100, 10). Two strings have the rest: <c>rng</c>, the state of the generator
/// (<see cref="GeneratorText"/>), and <c>mnistps</c>, everything else (<see cref="NetworkRecord"/>). Both are optional.
/// </summary>
internal static class NpzNetwork
{
    private const string RecordName = "mnistps";
    private const string GeneratorName = "rng";
    private const string TutorialPrefix = "weights_";

    // The tutorial's defaults.
    private const double TutorialDropoutRate = 0.5;
    private const double TutorialWeightRange = 0.1;

    /// <summary>Writes a network as of its last whole epoch, even while it is trained.</summary>
    /// <inheritdoc cref="NetworkFile.Write(MnistNetwork, string, bool, CancellationToken)"/>
    public static void Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation)
    {
        NetworkDefinition definition = network.Definition;
        NetworkState state = network.State with { Calibration = null };
        NetworkFile.RequireSound(definition, state, null, path, cancellation);
        (NetworkTensor Tensor, double[] Numbers)[] kept = [.. NetworkFile.TensorsOf(definition, state)];
        NetworkTensor[] tensors = Name(definition, [.. kept.Select(pair => pair.Tensor)]);

        // One type for all arrays: float32 is exact for values that were computed in single precision.
        int size = state.Precision == Precision.Single && kept.All(pair => NetworkTensor.SizeFor(pair.Numbers, cancellation) == sizeof(float))
            ? sizeof(float)
            : sizeof(double);
        AtomicFile.Write(path, replace, FileRole.Network, stream =>
        {
            using NpzWriter npz = new(stream, CompressionLevel.NoCompression);
            foreach ((NetworkTensor tensor, double[] numbers) in tensors.Zip(kept.Select(pair => pair.Numbers)))
            {
                npz.Add(tensor.Name, FormattableString.Invariant($"<f{size}"), ShapeOf(tensor), take => tensor.Encode(numbers, size, take, cancellation));
            }

            npz.Add(GeneratorName, GeneratorText.Of(state.Generator.State));
            npz.Add(RecordName, NetworkFile.RecordOf(definition, network.Seed, state, null).ToJson());
        });
    }

    /// <summary>Reads a network from a file.</summary>
    /// <inheritdoc cref="NetworkFile.Read(string, string[], CancellationToken)"/>
    public static MnistNetwork Read(string path, string[]? layers, CancellationToken cancellation)
        => NetworkFile.Read(path, FileRole.Network, file => Read(file, path, layers, cancellation));

    /// <summary>Reads a network.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for faults.</param>
    /// <param name="layers">The layers in the words of <c>-Layer</c>, for a file with weights alone; null for a file of this module or the tutorial.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="FormatException">It has no network.</exception>
    /// <exception cref="MnistException">
    /// It has no layers (<c>LayersNotInFile</c>), has layers and they are given (<c>LayersInFile</c>), or has some of the tutorial's weights only
    /// (<c>NotANetworkFile</c>).
    /// </exception>
    public static MnistNetwork Read(Stream file, string path, string[]? layers, CancellationToken cancellation)
    {
        using NpzFile npz = new(file);
        NumPyGeneratorState? generator = npz.Find(GeneratorName) is { } random ? ReadGenerator(random, cancellation) : null;
        if (npz.Find(RecordName) is { } record)
        {
            return layers is null ? ReadOurs(npz, NetworkRecord.Parse(record.ReadText(cancellation)), generator, cancellation) : throw NetworkFile.WithLayers(path);
        }

        NpyArray[] arrays = [.. npz.Names.Where(name => name != GeneratorName).Select(name => npz.Find(name)!)];
        NumPyGenerator goesOn = generator is null ? new NumPyGenerator(0) : new NumPyGenerator(generator);
        if (layers is not null)
        {
            Dictionary<string, NpyArray> named = arrays.ToDictionary(array => array.Name);
            return PlainTensors.Read(
                [.. arrays.Select(EntryOf)], (entry, tensor) => tensor.FromFile(named[entry.Name].ReadNumbers(cancellation), cancellation), layers, goesOn, cancellation);
        }

        return Array.Exists(arrays, array => array.Name.StartsWith(TutorialPrefix, StringComparison.Ordinal) && array.Name[TutorialPrefix.Length..].All(char.IsAsciiDigit))
            ? ReadTutorial(arrays, path, goesOn, cancellation)
            : throw NetworkFile.WithoutLayers(path, [.. arrays.Select(EntryOf)]);
    }

    private static MnistNetwork ReadOurs(NpzFile npz, NetworkRecord record, NumPyGeneratorState? generator, CancellationToken cancellation)
    {
        NetworkDefinition definition = NetworkFile.Define(record);
        NetworkTensor[] tensors = Name(definition, NetworkFile.TensorsOf(definition, npz.Names));

        // Other arrays are ignored.
        Dictionary<string, NpyArray> arrays = tensors.Select(tensor => npz.Find(tensor.Name)).OfType<NpyArray>().ToDictionary(array => array.Name);
        NetworkFile.CheckTensors([.. arrays.Values.Select(EntryOf)], tensors, ["F64", "F32", "F16"]);
        double[][] values = [.. tensors.Select(tensor => tensor.FromFile(arrays[tensor.Name].ReadNumbers(cancellation), cancellation))];
        NetworkState state = NetworkFile.StateOf(record, values, definition.Parameters.Count);
        if (generator is not null)
        {
            state = state with { Generator = new NumPyGenerator(generator) };
        }

        NetworkValidator.Check(definition, state, null, cancellation);
        return new MnistNetwork(definition, record.Seed, state);
    }

    /// <summary>The tutorial's network from its weights alone, (inputs, units) each.</summary>
    private static MnistNetwork ReadTutorial(NpyArray[] arrays, string path, NumPyGenerator generator, CancellationToken cancellation)
    {
        Dictionary<string, NpyArray> named = arrays.ToDictionary(array => array.Name);
        List<NpyArray> weights = [];
        while (named.TryGetValue(FormattableString.Invariant($"{TutorialPrefix}{weights.Count + 1}"), out NpyArray? next))
        {
            weights.Add(next);
        }

        if (weights.Count == 0 || (weights is [var only] && only.Header.Shape is [_, not Loss<double>.Classes]))
        {
            throw new MnistException("NotANetworkFile", Fault.InvalidData, FormattableString.Invariant(
                $"'{path}' has not all weights of the tutorial's network: {TutorialPrefix}{weights.Count + 1} is missing. {TutorialPrefix}1 (784, units) and {TutorialPrefix}2 (units, 10) were expected. Save both in one file: numpy.savez('net.npz', {TutorialPrefix}1={TutorialPrefix}1, {TutorialPrefix}2={TutorialPrefix}2)"), path);
        }

        NetworkDefinition definition = NetworkDefinition.Tutorial(
            weights.SkipLast(1).Select(array => array.Header.Shape is [_, > 0 and <= LayerParser.Largest and var units] ? (int)units : throw Unfit(array)),
            TutorialDropoutRate,
            TutorialWeightRange);
        NetworkTensor[] tensors = Name(definition, [.. NetworkTensor.ParametersOf(definition)]);
        foreach ((NpyArray array, NetworkTensor tensor) in weights.Zip(tensors))
        {
            if (!array.Header.Shape.SequenceEqual(ShapeOf(tensor)) || array.Header.Type.Kind != 'f')
            {
                throw Unfit(array);
            }
        }

        NetworkState state = new([.. weights.Select(array => array.ReadNumbers(cancellation))], generator, null, [], definition.Defaults.Precision);
        NetworkValidator.Check(definition, state, null, cancellation);
        return new MnistNetwork(definition, 0, state);

        FormatException Unfit(NpyArray array) => array.Wrong(
            $"is ({string.Join(", ", array.Header.Shape)}) {array.Header.Type}, which does not fit; the tutorial's weights are {TutorialPrefix}1 (784, units), {TutorialPrefix}2 (units, 10), of floats");
    }

    private static NumPyGeneratorState ReadGenerator(NpyArray array, CancellationToken cancellation)
    {
        string text = array.ReadText(cancellation);
        try
        {
            return GeneratorText.Parse(text);
        }
        catch (FormatException e)
        {
            throw array.Wrong(e.Message);
        }
    }

    /// <summary>The names of the tensors in an npz file. The tutorial's network has names and shapes of its own.</summary>
    private static NetworkTensor[] Name(NetworkDefinition definition, NetworkTensor[] tensors)
    {
        if (!definition.IsTutorial)
        {
            return tensors;
        }

        // All parameters, then the moments of the first one, of the second one, and so on.
        int parameters = definition.Parameters.Count;
        int moments = (tensors.Length / parameters) - 1;
        return [.. tensors.Select((tensor, i) => new NetworkTensor(
            i < parameters
                ? FormattableString.Invariant($"{TutorialPrefix}{i + 1}")
                : FormattableString.Invariant($"optimizer.{TutorialPrefix}{((i - parameters) / moments) + 1}.{tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..]}"),
            [tensor.Shape[1], tensor.Shape[0]],
            IsTransposed: false,
            tensor.IsNonNegative))];
    }

    private static TensorEntry EntryOf(NpyArray array) => new(
        array.Name,
        array.Header.Type switch
        {
            { Kind: 'f', Size: 8 } => "F64",
            { Kind: 'f', Size: 4 } => "F32",
            { Kind: 'f' } => "F16",
            var type => type.ToString(),
        },
        array.Header.Shape,
        0,
        0);

    private static long[] ShapeOf(NetworkTensor tensor) => [.. tensor.Shape.Select(dimension => (long)dimension)];
}
