using System.Globalization;
using System.Text.RegularExpressions;
using MnistPS.Layers;

namespace MnistPS.Networks;

/// <summary>Parses <c>-Layer</c>.</summary>
internal static partial class LayerParser
{
    private const string Allowed =
        "Allowed are: dense N, conv NxK, conv NxK same, pool K, relu, leakyrelu, leakyrelu S, tanh, sigmoid, dropout P, batchnorm, flatten.";

    /// <summary>Maximum of units or filters: gradients of as many channels fit into a sparse row (<see cref="Numerics.CsrMatrix{T}"/>).</summary>
    public const int Largest = Numerics.CsrEntry.Limit;

    /// <summary>Parses layers. <c>flatten</c> is implied by a dense layer, so it adds none.</summary>
    /// <exception cref="MnistException">A word that is not allowed (<c>InvalidLayer</c>), or none at all (<c>EmptyLayers</c>).</exception>
    public static IReadOnlyList<LayerDefinition> Parse(IReadOnlyList<string> words)
    {
        List<LayerDefinition> layers = [];
        for (int i = 0; i < words.Count; i++)
        {
            string[] parts = Blanks().Split((words[i] ?? "").Trim().ToLowerInvariant());
            if (parts is not ["flatten"])
            {
                layers.Add(Parse(parts, words[i], i + 1));
            }
        }

        return layers.Count > 0
            ? layers
            : throw new MnistException("EmptyLayers", Fault.InvalidArgument, $"There is no layer. {Allowed} The last one gives 10 units.");
    }

    private static LayerDefinition Parse(string[] parts, string word, int place)
    {
        switch (parts)
        {
            case ["relu"]:
                return new ActivationDefinition(Activation.Relu);
            case ["leakyrelu"]:
                return new ActivationDefinition(Activation.LeakyRelu);
            case ["leakyrelu", string text]:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double slope) && slope is >= 0 and <= 1
                    ? new ActivationDefinition(Activation.LeakyRelu, Slope: slope)
                    : throw Bad("S is a slope from 0 to 1");
            case ["tanh"]:
                return new ActivationDefinition(Activation.Tanh);
            case ["sigmoid"]:
                return new ActivationDefinition(Activation.Sigmoid);
            case ["batchnorm"]:
                return new BatchNormalizationDefinition();
            case ["dense", string units]:
                return new DenseDefinition(Number(units, "N", Largest), HasBias: true);
            case ["pool", string size]:
                return new PoolDefinition(Number(size, "K", MnistImage.Side));
            case ["dropout", string rate]:
                return double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out double p) && p is >= 0 and < 1
                    ? new DropoutDefinition(p)
                    : throw Bad("P is a rate from 0 up to, but not, 1");
            case ["conv", string size, .. string[] rest] when rest is [] or ["same"] && size.Split('x') is [string filters, string kernel]:
                return new ConvolutionDefinition(
                    Number(filters, "N", Largest), Number(kernel, "K", MnistImage.Side), IsSame: rest is ["same"]);
            case ["conv", ..]:
                throw Bad("a convolution is written like 'conv 8x5' or 'conv 8x5 same' (8 filters of 5 by 5)");
            case ["leakyrelu", ..]:
                throw Bad("'leakyrelu' takes one number at most");
            case ["dense" or "pool" or "dropout", ..]:
                throw Bad($"'{parts[0]}' takes one number");
            default:
                throw Bad("there is no such layer");
        }

        int Number(string text, string name, int largest)
            => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= largest
                ? number
                : throw Bad($"{name} is a whole number from 1 to {largest}");

        MnistException Bad(string reason)
            => new("InvalidLayer", Fault.InvalidArgument, $"Layer {place}, '{word}', cannot be read: {reason}. {Allowed}", word);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
