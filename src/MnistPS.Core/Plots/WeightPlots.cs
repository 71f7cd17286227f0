using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Plots;

/// <summary>The weights of the first layer that has some, each unit or filter as a picture.</summary>
internal static class WeightPlots
{
    // A few outliers would leave all other weights pale.
    private const double ShareWithinScale = 0.995;

    /// <summary>Creates the plot of a network. All pictures share a scale centred on zero.</summary>
    /// <param name="network">The network, as of its last whole epoch.</param>
    /// <param name="title">A heading, or null for the default.</param>
    public static TilePlot Of(MnistNetwork network, string? title)
    {
        NetworkDefinition definition = network.Definition;
        int layer = Enumerable.Range(0, definition.Layers.Count).First(i => WeightsOf(i) is not null);
        int before = Enumerable.Range(0, layer).Sum(i => definition.Layers[i].ParametersFor(definition.Shapes[i]).Count);
        ParameterDefinition weights = WeightsOf(layer)!;
        double[] values = network.State.Values[before];
        double limit = Limit(values);
        Shape input = definition.Shapes[layer];
        int count = definition.Layers[layer] is DenseDefinition ? weights.Outputs : weights.Shape[0];
        Tile[] tiles = [.. Enumerable.Range(0, Math.Min(count, TilePlot.Most)).Select(Picture)];
        string kind = definition.Layers[layer] is DenseDefinition ? "units" : "filters";
        string shown = tiles.Length < count ? FormattableString.Invariant($"the first {tiles.Length} of {count} {kind}") : $"{count} {kind}";
        return new TilePlot(
            title ?? $"Weights of {definition.Layers[layer]}",
            FormattableString.Invariant($"{shown} after {network.EpochsTrained} {(network.EpochsTrained == 1 ? "epoch" : "epochs")}; blue below zero, red above, strongest from {limit:G3} on"),
            tiles,
            IsDiverging: true);

        ParameterDefinition? WeightsOf(int i)
            => definition.Layers[i].ParametersFor(definition.Shapes[i]).FirstOrDefault(parameter => parameter.Role == ParameterRole.Weights);

        Tile Picture(int unit)
        {
            // No layer before the first one with weights adds channels, so there is one.
            bool isDense = definition.Layers[layer] is DenseDefinition;
            (int rows, int columns) = isDense ? (input.Rows, input.Columns) : (weights.Shape[2], weights.Shape[3]);
            double[] picture = new double[rows * columns];
            for (int i = 0; i < picture.Length; i++)
            {
                picture[i] = Math.Clamp((isDense ? values[i * count + unit] : values[unit * picture.Length + i]) / limit, -1, 1);
            }

            return new Tile("", rows, columns, picture);
        }
    }

    private static double Limit(double[] values)
    {
        double[] sizes = [.. values.Select(Math.Abs).Order()];
        double limit = sizes[(int)(ShareWithinScale * (sizes.Length - 1))];
        return limit > 0 ? limit : 1;
    }
}
