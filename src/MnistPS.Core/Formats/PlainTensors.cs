using System.Text.RegularExpressions;
using MnistPS.Networks;

namespace MnistPS.Formats;

/// <summary>
/// The weights of another program in a safetensors or npz file, as PyTorch's <c>state_dict</c> has them: <c>0.weight</c>, <c>fc1.bias</c>,
/// <c>norm.running_mean</c>. What the layers are, somebody must say.
/// </summary>
internal static partial class PlainTensors
{
    // How many batches a normalisation has seen: only PyTorch asks for it.
    private const string Counter = "num_batches_tracked";

    private const int MostNamed = 8;

    /// <summary>The tensors in a line, for a message.</summary>
    public static string Describe(IReadOnlyList<TensorEntry> tensors)
        => tensors.Count == 0
            ? "no tensors"
            : $"{tensors.Count} tensors: {string.Join(", ", tensors.Take(MostNamed))}{(tensors.Count > MostNamed ? ", …" : "")}";

    /// <summary>Reads a network of some layers.</summary>
    /// <param name="tensors">The tensors of the file.</param>
    /// <param name="read">Reads the numbers of a tensor into the order in which the network keeps them.</param>
    /// <param name="layers">The words of <c>-Layer</c>.</param>
    /// <param name="generator">Where its random numbers go on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MnistException">The words are no network.</exception>
    /// <exception cref="FormatException">The tensors are not those of such a network.</exception>
    public static MnistNetwork Read(
        IReadOnlyList<TensorEntry> tensors, Func<TensorEntry, NetworkTensor, double[]> read, string[] layers, NumPyGenerator generator, CancellationToken cancellation)
    {
        NetworkDefinition definition = new NetworkOptions { Layers = layers }.Define();
        NetworkTensor[] expected = [.. NetworkTensor.ParametersOf(definition)];
        Dictionary<string, NetworkTensor> places = Match(tensors, expected);
        Dictionary<string, double[]> numbers = tensors
            .Where(entry => places.ContainsKey(entry.Name))
            .ToDictionary(entry => places[entry.Name].Name, entry => read(entry, places[entry.Name]));

        // A layer that was made without a bias has one of zeros.
        double[][] values = [.. expected.Select(tensor => numbers.GetValueOrDefault(tensor.Name) ?? new double[tensor.Count])];
        NetworkState state = new(values, generator, null, [], definition.Defaults.Precision);
        NetworkCheck.Check(definition, state, null, cancellation);
        return new MnistNetwork(definition, 0, state);
    }

    /// <summary>Finds for each tensor of the file its place in the network.</summary>
    private static Dictionary<string, NetworkTensor> Match(IReadOnlyList<TensorEntry> entries, NetworkTensor[] expected)
    {
        // Layer by layer: the names before the last dot, numbers in them by their size.
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
            // Names such as features and classifier are in no order: then the shapes tell, if they do.
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
