using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Benchmarks;

/// <summary>What the project's entrants share.</summary>
internal static class Own
{
    /// <summary>The name of an entrant.</summary>
    public static string Name(int threads) => $"MnistPS, {Count(threads)}";

    /// <summary>A number of threads in words.</summary>
    public static string Count(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    /// <summary>A network of layers in the words of <c>-Layer</c>.</summary>
    public static NetworkDefinition Define(IEnumerable<string> layers) => new NetworkOptions { Layers = [.. layers] }.Define();

    /// <summary>
    /// Additions and multiplications per image. Skipped ones do not count: a first dense layer's with zero pixels, and those of a convolution before a
    /// pool in the backward pass with gradients that the pool leaves zero.
    /// </summary>
    /// <param name="definition">The network.</param>
    /// <param name="nonzeroShare">The share of nonzero pixels.</param>
    /// <param name="isTraining">Whether the image is trained on, or only read.</param>
    public static double Operations(NetworkDefinition definition, double nonzeroShare, bool isTraining)
    {
        double operations = 0;
        bool isFirst = true;
        foreach ((int i, LayerDefinition layer) in definition.Layers.Index())
        {
            int weights = layer.ParametersFor(definition.Shapes[i]).Where(parameter => parameter.Role == ParameterRole.Weights).Sum(parameter => parameter.Count);
            if (weights > 0)
            {
                int places = layer is ConvolutionDefinition ? definition.Shapes[i + 1].Rows * definition.Shapes[i + 1].Columns : 1;
                double share = isFirst && layer is DenseDefinition ? nonzeroShare : 1;
                LayerDefinition? next = definition.Layers.Skip(i + 1).FirstOrDefault(other => other is not ActivationDefinition { Function: Activation.Relu });
                double gradientShare = !isFirst && layer is ConvolutionDefinition && next is PoolDefinition pool ? 1.0 / (pool.Size * pool.Size) : 1;

                // The forward pass, the gradient of the weights, and that of the input, which the first layer does not need.
                double passes = !isTraining ? 1 : isFirst ? 2 : 1 + 2 * gradientShare;
                operations += 2 * weights * places * share * passes;
                isFirst = false;
            }
        }

        return operations;
    }
}
