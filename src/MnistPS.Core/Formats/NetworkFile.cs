using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Optimizers;

namespace MnistPS.Formats;

/// <summary>
/// A network in a safetensors file (<see cref="SafetensorsHeader"/>). A network that is read continues bit for bit. Its values are tensors
/// (<see cref="NetworkTensor"/>): the parameters, the optimizer's moments (<c>optimizer.0.weight.exp_avg</c>), and in a training with early stopping the
/// same for the best network so far (<c>best.0.weight</c>). All else is a JSON text in the metadata (<see cref="NetworkRecord"/>), beside the SHA-256 of
/// the file, computed with zeros in the place of its 64 digits.
/// </summary>
internal static class NetworkFile
{
    private const string DigestKey = "mnistps.sha256";
    private const string RecordKey = "mnistps";
    private const string BestPrefix = "best.";

    // The digest comes first in the header, so its offset is fixed.
    private static readonly byte[] _beforeDigest = Encoding.UTF8.GetBytes($"{{\"__metadata__\":{{\"{DigestKey}\":\"");
    private static readonly string _blank = new('0', 2 * SHA256.HashSizeInBytes);
    private static readonly string _version = typeof(NetworkFile).Assembly.GetName().Version!.ToString(3);

    private static int DigestOffset => sizeof(ulong) + _beforeDigest.Length;

    /// <summary>Writes a network as of its last whole epoch, even while it is trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether an existing file may be replaced.</param>
    /// <param name="cancellation">Cancels the writing; an existing file stays intact.</param>
    /// <exception cref="MnistException">
    /// As <see cref="AtomicFile.Write"/>, or the network has values that a reader refuses (<c>NetworkNotSound</c>).
    /// </exception>
    public static void Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation = default)
        => Write(network.Definition, network.Seed, network.State, null, path, replace, FileRole.Network, cancellation);

    /// <summary>Writes a network and the training it is in.</summary>
    /// <inheritdoc cref="Write(MnistNetwork, string, bool, CancellationToken)"/>
    public static void Write(
        NetworkDefinition definition,
        ulong seed,
        NetworkState state,
        TrainingPosition? position,
        string path,
        bool replace,
        FileRole role,
        CancellationToken cancellation)
    {
        RequireSound(definition, state, position, path, cancellation);
        IEnumerable<(NetworkTensor Tensor, double[] Numbers)> tensors = TensorsOf(definition, state);
        if (position?.Watch?.Best is { } best)
        {
            tensors = tensors.Concat(TensorsOf(definition, best).Select(pair => (Best(pair.Tensor), pair.Numbers)));
        }

        // Wider types first, so that each tensor is aligned to its element size.
        (NetworkTensor Tensor, double[] Numbers, int Size)[] parts =
            [.. tensors.Select(pair => (pair.Tensor, pair.Numbers, Size: NetworkTensor.SizeFor(pair.Numbers, cancellation))).OrderByDescending(part => part.Size)];
        SafetensorsHeader header = SafetensorsHeader.Create(
            new Dictionary<string, string> { [DigestKey] = _blank, [RecordKey] = RecordOf(definition, seed, state, position).ToJson() }, EntriesOf(parts));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.Bytes);
        Encode(hash.AppendData);
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()), header.Bytes.AsSpan(DigestOffset));
        AtomicFile.Write(path, replace, role, stream =>
        {
            stream.Write(header.Bytes);
            Encode(stream.Write);
        });

        void Encode(Action<ReadOnlySpan<byte>> take)
        {
            foreach ((NetworkTensor tensor, double[] numbers, int size) in parts)
            {
                tensor.Encode(numbers, size, take, cancellation);
            }
        }
    }

    /// <summary>Checks that a network can be read after it is written.</summary>
    /// <exception cref="MnistException">It cannot (<c>NetworkNotSound</c>).</exception>
    public static void RequireSound(NetworkDefinition definition, NetworkState state, TrainingPosition? position, string path, CancellationToken cancellation)
    {
        try
        {
            NetworkValidator.Check(definition, state, position, cancellation);
        }
        catch (FormatException e)
        {
            throw new MnistException("NetworkNotSound", Fault.InvalidResult,
                $"The network cannot be written into '{path}', since it could not be read again: {e.Message} Train it anew with a smaller -LearningRate.", path, e);
        }
    }

    /// <summary>Reads a network from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">The layers in the words of <c>-Layer</c>, for a file with weights alone; else null.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="MnistException">
    /// The file does not exist (<c>NetworkFileNotFound</c>), cannot be read (<c>NetworkFileNotReadable</c>), is no network, is damaged or of another
    /// version (<c>NotANetworkFile</c>), does not say its layers (<c>LayersNotInFile</c>), or says them although <paramref name="layers"/> is given
    /// (<c>LayersInFile</c>).
    /// </exception>
    public static MnistNetwork Read(string path, string[]? layers = null, CancellationToken cancellation = default)
        => Read(path, layers, FileRole.Network, cancellation).Network;

    /// <summary>Reads a file, and throws a fault if it is not that of a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="role">Its role, for the ids and messages of faults.</param>
    /// <param name="read">Reads it. Its FormatException becomes <c>NotANetworkFile</c>.</param>
    public static T Read<T>(string path, FileRole role, Func<FileStream, T> read)
    {
        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            return read(file);
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            string reason = e is FormatException ? e.Message : "It ends too early.";
            throw new MnistException("NotANetworkFile", Fault.InvalidData,
                $"'{path}' is no network, is damaged, or comes from another version of MnistPS: {reason} A file that Export-MnistNetwork wrote was expected; export the network again.",
                path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw role.NotReadable(path, e);
        }
    }

    /// <summary>The fault of a file without layers if the caller gives none.</summary>
    public static MnistException WithoutLayers(string path, IReadOnlyList<TensorEntry> tensors) => new("LayersNotInFile", Fault.InvalidData,
        $"'{path}' holds {PlainTensors.Describe(tensors)}; it does not say what the layers are. Say it by -Layer, such as -Layer 'dense 100', 'relu', 'dense 10'.", path);

    /// <summary>The fault of a file with layers if the caller gives some too.</summary>
    public static MnistException WithLayers(string path) => new("LayersInFile", Fault.InvalidArgument,
        $"'{path}' says what its layers are. Leave out -Layer, which is for files that hold nothing but weights.", path);

    /// <summary>Reads a network and its unfinished training, or null without one.</summary>
    /// <inheritdoc cref="Read(string, string[], CancellationToken)"/>
    public static (MnistNetwork Network, TrainingPosition? Position) Read(string path, string[]? layers, FileRole role, CancellationToken cancellation)
        => Read(path, role, file => Read(file, path, layers, cancellation));

    /// <summary>Reads an open file.</summary>
    /// <inheritdoc cref="Read(string, string[], FileRole, CancellationToken)"/>
    public static (MnistNetwork Network, TrainingPosition? Position) Read(FileStream file, string path, string[]? layers, CancellationToken cancellation)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(file);
        bool isOurs = header.Metadata.ContainsKey(RecordKey) || header.Metadata.ContainsKey(DigestKey);
        return (isOurs, layers) switch
        {
            (true, null) => ReadOurs(header, file, cancellation),
            (false, not null) => (PlainTensors.Read(header.Tensors, ReadTensor, layers, new NumPyGenerator(0), cancellation), null),
            (false, null) => throw WithoutLayers(path, header.Tensors),
            (true, not null) => throw WithLayers(path),
        };

        double[] ReadTensor(TensorEntry entry, NetworkTensor tensor)
        {
            file.Position = header.Bytes.Length + entry.Begin;
            return tensor.Decode(file, entry.Type, _ => { }, cancellation);
        }
    }

    /// <summary>The record of a network: everything but its tensors.</summary>
    public static NetworkRecord RecordOf(NetworkDefinition definition, ulong seed, NetworkState state, TrainingPosition? position) => new(
        _version,
        [.. definition.Layers.Select(layer => layer.ToString())],
        definition.IsTutorial,
        definition.Loss,
        definition.LabelSmoothing,
        definition.Initializer,
        definition.WeightRange,
        seed,
        state.Precision,
        state.Generator.State,
        state.Optimizer is { } optimizer ? new OptimizerRecord(optimizer.Kind, optimizer.StepCount) : null,
        definition.Defaults,
        [.. state.History],
        [.. state.Runs],
        position is null ? null : new PositionRecord(position.Options, position.Dataset, position.FirstEpoch, position.IsFinished, RecordOf(position.Watch)),
        state.Calibration is { } calibration ? new CalibrationRecord(calibration.Temperature, calibration.Tail) : null)
    {
        ClassNames = ClassNames.AreDigits(state.ClassNames) ? null : [.. state.ClassNames],
    };

    private static WatchRecord? RecordOf(EarlyStoppingState? watch) => watch is null ? null : new WatchRecord(
        watch.Best is null ? null : watch.BestError, watch.Waited, watch.Best?.Generator.State, watch.Best?.Optimizer?.StepCount ?? 0);

    private static NetworkTensor Forms { get; } = new("calibration.forms", DigitForms.Shape, IsTransposed: false, IsNonNegative: false);

    private static NetworkTensor Best(NetworkTensor tensor) => tensor with { Name = BestPrefix + tensor.Name };

    /// <summary>The tensors of a network with their values: its parameters and its optimizer's moments.</summary>
    public static IEnumerable<(NetworkTensor Tensor, double[] Numbers)> TensorsOf(NetworkDefinition definition, NetworkState state)
    {
        double[][] moments = state.Optimizer?.Moments ?? [];
        NetworkTensor[] momentTensors = [.. NetworkTensor.MomentsOf(definition, moments.Length / definition.MovedParameters.Count)];
        IEnumerable<(NetworkTensor, double[])> forms = state.Calibration is { } calibration ? [(Forms, ToDoubles(calibration.Forms.Numbers))] : [];
        return [.. NetworkTensor.ParametersOf(definition).Zip(state.Values), .. momentTensors.Zip(moments), .. forms];
    }

    private static double[] ToDoubles(ReadOnlySpan<float> numbers)
    {
        double[] doubles = new double[numbers.Length];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = numbers[i];
        }

        return doubles;
    }

    private static TensorEntry[] EntriesOf((NetworkTensor Tensor, double[] Numbers, int Size)[] parts)
    {
        long end = 0;
        return [.. parts.Select(part =>
        {
            long begin = end;
            end += (long)part.Numbers.Length * part.Size;
            return new TensorEntry(
                part.Tensor.Name, part.Size == sizeof(float) ? "F32" : "F64", [.. part.Tensor.Shape.Select(dimension => (long)dimension)], begin, end);
        })];
    }

    private static (MnistNetwork Network, TrainingPosition? Position) ReadOurs(SafetensorsHeader header, FileStream file, CancellationToken cancellation)
    {
        if (header.Metadata.Count != 2 || header.Metadata.GetValueOrDefault(DigestKey) is not { } digest || digest.Length != _blank.Length
            || header.Metadata.GetValueOrDefault(RecordKey) is not { } text || !header.Bytes.AsSpan(sizeof(ulong)).StartsWith(_beforeDigest))
        {
            throw new FormatException("Its metadata are not as they were written.");
        }

        NetworkRecord record = NetworkRecord.Parse(text);
        NetworkDefinition definition = Define(record);
        NetworkTensor[] own = TensorsOf(definition, header.Tensors.Select(tensor => tensor.Name));
        NetworkTensor[] expected =
        [
            .. own,
            .. record.Position?.Watch?.BestError is null ? [] : own.Select(Best),
            .. record.Calibration is null ? (NetworkTensor[])[] : [Forms],
        ];
        CheckTensors(header.Tensors, expected, ["F32", "F64"]);

        // Memory for values is allocated only after the header is checked against the file's length.
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Encoding.ASCII.GetBytes(_blank, header.Bytes.AsSpan(DigestOffset));
        hash.AppendData(header.Bytes);
        Dictionary<string, NetworkTensor> tensors = expected.ToDictionary(tensor => tensor.Name);
        Dictionary<string, double[]> numbers = [];
        foreach (TensorEntry entry in header.Tensors)
        {
            numbers.Add(entry.Name, tensors[entry.Name].Decode(file, entry.Type, hash.AppendData, cancellation));
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != digest)
        {
            throw new FormatException("Its SHA-256 is not the one that was written into it.");
        }

        int parameterCount = definition.Parameters.Count;
        NetworkState state = StateOf(record, [.. own.Select(tensor => numbers[tensor.Name])], parameterCount) with
        {
            Calibration = record.Calibration is { } calibration
                ? new NetworkCalibration(calibration.Temperature, calibration.Tail, new DigitForms(Array.ConvertAll(numbers[Forms.Name], number => (float)number)))
                : null,
        };
        TrainingPosition? position = record.Position is { } saved
            ? new TrainingPosition(saved.Options, saved.Dataset, saved.FirstEpoch, saved.IsFinished, Watch(saved.Watch))
            : null;
        NetworkValidator.Check(definition, state, position, cancellation);
        return (new MnistNetwork(definition, record.Seed, state), position);

        EarlyStoppingState? Watch(WatchRecord? watch)
        {
            if (watch?.BestError is not { } error)
            {
                return watch is null ? null : new EarlyStoppingState(double.PositiveInfinity, watch.Waited, null);
            }

            double[][] best = [.. own.Select(tensor => numbers[Best(tensor).Name])];
            return new EarlyStoppingState(error, watch.Waited, state with
            {
                Values = best[..parameterCount],
                Generator = new NumPyGenerator(watch.BestGenerator ?? throw new FormatException("It has a best network without a generator.")),
                Optimizer = state.Optimizer is { } latest ? latest with { StepCount = watch.BestStepCount, Moments = best[parameterCount..] } : null,
            });
        }
    }

    private static ReadOnlyCollection<string> ClassNamesOf(string[] names)
    {
        try
        {
            return ClassNames.Of(names);
        }
        catch (MnistException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The tensors of a network: its parameters and its optimizer's moments.</summary>
    public static NetworkTensor[] TensorsOf(NetworkDefinition definition, IEnumerable<string> names)
    {
        int momentCount = names.Count(name => name.StartsWith("optimizer.", StringComparison.Ordinal)) / definition.MovedParameters.Count;
        return [.. NetworkTensor.ParametersOf(definition), .. NetworkTensor.MomentsOf(definition, Math.Min(momentCount, 2))];
    }

    /// <summary>The state of a network, without its calibration.</summary>
    /// <param name="record">The record.</param>
    /// <param name="values">The values of its parameters, then of its moments.</param>
    /// <param name="parameterCount">The number of parameters among them.</param>
    public static NetworkState StateOf(NetworkRecord record, double[][] values, int parameterCount)
    {
        if (record.Optimizer is null && values.Length > parameterCount)
        {
            throw new FormatException("It has numbers of an optimizer, and no optimizer.");
        }

        return new NetworkState(
            values[..parameterCount],
            new NumPyGenerator(record.Generator),
            record.Optimizer is { } optimizer ? new OptimizerState(optimizer.Kind, optimizer.StepCount, values[parameterCount..]) : null,
            [.. record.History],
            record.Precision)
        {
            Runs = [.. record.Runs],
            ClassNames = record.ClassNames is { } names ? ClassNamesOf(names) : ClassNames.Digits,
        };
    }

    /// <summary>The network of a record, before it has values.</summary>
    /// <exception cref="FormatException">The record describes no network.</exception>
    public static NetworkDefinition Define(NetworkRecord record)
    {
        try
        {
            IReadOnlyList<LayerDefinition> layers = LayerParser.Parse(record.Layers);
            return new NetworkDefinition(record.IsTutorial ? [.. layers.Select(layer => layer.InTutorial)] : layers, record.Loss, record.Defaults)
            {
                LabelSmoothing = record.LabelSmoothing,
                Initializer = record.Initializer,
                WeightRange = record.WeightRange,
            };
        }
        catch (MnistException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>Checks that the tensors of a file are those of a network, each with its shape.</summary>
    /// <param name="entries">The tensors of the file.</param>
    /// <param name="expected">The tensors of the network.</param>
    /// <param name="types">The allowed element types.</param>
    /// <exception cref="FormatException">A tensor is missing, unknown, or has another shape or type.</exception>
    public static void CheckTensors(IReadOnlyList<TensorEntry> entries, NetworkTensor[] expected, string[] types)
    {
        Dictionary<string, TensorEntry> found = entries.ToDictionary(entry => entry.Name);
        foreach (NetworkTensor tensor in expected)
        {
            if (!found.Remove(tensor.Name, out TensorEntry? entry) || !entry.Shape.SequenceEqual(tensor.Shape.Select(dimension => (long)dimension))
                || !types.Contains(entry.Type))
            {
                throw new FormatException(
                    $"It has {entry?.ToString() ?? "nothing"} where its layers have {tensor.Name} ({string.Join(", ", tensor.Shape)}) in {string.Join(" or ", types)}.");
            }
        }

        if (found.Count > 0)
        {
            throw new FormatException($"It holds {found.Values.First()}, which none of its layers has.");
        }
    }
}
