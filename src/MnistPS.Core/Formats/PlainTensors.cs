using System.Text.RegularExpressions;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Formats;

/// <summary>
/// The weights of another program in a safetensors or npz file, named as in PyTorch's <c>state_dict</c>: <c>0.weight</c>, <c>fc1.bias</c>,
/// <c>norm.running_mean</c>. The file does not say the layers; the caller does.
/// </summary>
internal static partial class PlainTensors
{
    // PyTorch's count of batches in a normalisation. Nothing here needs it.
    private const string Counter = "num_batches_tracked";

    private const int MostNamed = 8;

    /// <summary>The tensors in one line, for a message.</summary>
    public static string Describe(IReadOnlyList<TensorEntry> tensors)
        => tensors.Count == 0
            ? "no tensors"
            : $"{tensors.Count} tensors: {string.Join(", ", tensors.Take(MostNamed))}{(tensors.Count > MostNamed ? ", …" : "")}";

    /// <summary>Reads a network with the given layers.</summary>
    /// <param name="tensors">The tensors of the file.</param>
    /// <param name="read">Reads the values of a tensor in the order of the network.</param>
    /// <param name="layers">The words of <c>-Layer</c>.</param>
    /// <param name="generator">The generator of the network.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="MnistException">The words define no network.</exception>
    /// <exception cref="FormatException">The tensors do not fit the layers.</exception>
    public static MnistNetwork Read(
        IReadOnlyList<TensorEntry> tensors, Func<TensorEntry, NetworkTensor, double[]> read, string[] layers, NumPyGenerator generator, CancellationToken cancellation)
    {
        NetworkDefinition definition = new NetworkOptions { Layers = layers }.Define();
        NetworkTensor[] expected = [.. NetworkTensor.ParametersOf(definition)];
        Dictionary<string, NetworkTensor> places = Match(tensors, expected);
        Dictionary<string, double[]> numbers = tensors
            .Where(entry => places.ContainsKey(entry.Name))
            .ToDictionary(entry => places[entry.Name].Name, entry => read(entry, places[entry.Name]));

        // A layer without a bias in the file gets one of zeros.
        double[][] values = [.. expected.Select(tensor => numbers.GetValueOrDefault(tensor.Name) ?? new double[tensor.Count])];
        NetworkState state = new(values, generator, null, [], definition.Defaults.Precision);
        NetworkValidator.Check(definition, state, null, cancellation);
        return new MnistNetwork(definition, 0, state);
    }

    /// <summary>Maps each tensor of the file to one of the network.</summary>
    private static Dictionary<string, NetworkTensor> Match(IReadOnlyList<TensorEntry> entries, NetworkTensor[] expected)
    {
        // One group per layer: the name up to the last dot, with digits compared as numbers.
        TensorEntry[][] found = [.. entries
            .Where(entry => LastPart(entry.Name) != Counter)
            .GroupBy(entry => entry.Name[..^LastPart(entry.Name).Length])
            .OrderBy(group => Digits().Replace(group.Key, digits => digits.Value.PadLeft(20, '0')), StringComparer.Ordinal)
            .Select(group => group.ToArray())];
        NetworkTensor[][] wanted = [.. expected.GroupBy(tensor => tensor.Name[..^LastPart(tensor.Name).Length]).Select(group => group.ToArray())];
        if (found.Length != wanted.Length)
        {
            throw Unfit($"its tensors are those of {found.Length} layers, and {wanted.Length} of the given ones have any");
        }

        if (!found.Zip(wanted).All(pair => Fits(pair.First, pair.Second)))
        {
            // Names such as features and classifier have no order. Then the shapes decide, if they are unique.
            found = [.. wanted.Select(layer => found.Where(group => Fits(group, layer)).ToArray() is [var only]
                ? only
                : throw Unfit($"no tensors, or those of more than one layer, are as {string.Join(" and ", layer.Select(Describe))}"))];
            if (found.Distinct().Count() != found.Length)
            {
                throw Unfit("two of the given layers have the same tensors");
            }
        }

        return found.Zip(wanted)
            .SelectMany(pair => pair.First.Select(entry => (entry.Name, Tensor: pair.Second.Single(tensor => LastPart(tensor.Name) == LastPart(entry.Name)))))
            .ToDictionary(pair => pair.Name, pair => pair.Tensor);

        FormatException Unfit(string reason) => new(
            $"It does not hold the weights of these layers: {reason}. The layers have {string.Join(", ", expected.Select(Describe))}; it has {Describe(entries)}.");
    }

    private static bool Fits(TensorEntry[] found, NetworkTensor[] wanted)
        => found.All(entry => wanted.Any(tensor => LastPart(tensor.Name) == LastPart(entry.Name)
                && tensor.Shape.Select(dimension => (long)dimension).SequenceEqual(entry.Shape) && entry.Type is ("F64" or "F32" or "F16" or "BF16")))
            && wanted.All(tensor => LastPart(tensor.Name) == "bias" || found.Any(entry => LastPart(entry.Name) == LastPart(tensor.Name)));

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static string Describe(NetworkTensor tensor) => $"{LastPart(tensor.Name)} ({string.Join(", ", tensor.Shape)})";

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
