using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Benchmarks;

/// <summary>What the project's own entrants have in common.</summary>
internal static class Own
{
    /// <summary>The name of an entrant.</summary>
    public static string Name(int threads) => $"MnistPS, {Count(threads)}";

    /// <summary>A number of threads in words.</summary>
    public static string Count(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    /// <summary>A network of some words of <c>-Layer</c>.</summary>
    public static NetworkDefinition Define(IEnumerable<string> layers) => new NetworkOptions { Layers = [.. layers] }.Define();

    /// <summary>
    /// Additions and multiplications for one image. Products with a zero pixel, which the first dense layer passes over, are not counted.
    /// </summary>
    /// <param name="definition">The network.</param>
    /// <param name="litShare">The share of pixels that are not zero.</param>
    /// <param name="isTraining">Whether the image is learned from, or only read.</param>
    public static double Operations(NetworkDefinition definition, double litShare, bool isTraining)
    {
        double operations = 0;
        bool isFirst = true;
        foreach ((int i, LayerDefinition layer) in definition.Layers.Index())
        {
            int weights = layer.ParametersFor(definition.Shapes[i]).Where(parameter => parameter.Role == ParameterRole.Weights).Sum(parameter => parameter.Count);
            if (weights > 0)
            {
                int places = layer is ConvolutionDefinition ? definition.Shapes[i + 1].Rows * definition.Shapes[i + 1].Columns : 1;
                double share = isFirst && layer is DenseDefinition ? litShare : 1;

                // Forward, the gradient of the weights, and that of the input, which the first layer does not need.
                int passes = !isTraining ? 1 : isFirst ? 2 : 3;
                operations += 2.0 * weights * places * share * passes;
                isFirst = false;
            }
        }

        return operations;
    }
}
