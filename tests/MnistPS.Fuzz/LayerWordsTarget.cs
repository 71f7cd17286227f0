using System.Text;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Fuzz;

/// <summary>The words of -Layer, one per line.</summary>
public sealed class LayerWordsTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "layers";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound() => ((string[])
    [
        "dense 100\nrelu\ndropout 0.5\ndense 10",
        "conv 4x5\npool 2\nbatchnorm\nrelu\nflatten\ndense 10",
        "conv 3x3 same\nleakyrelu\npool 4\ndropout 0.25\ndense 20\nbatchnorm\ntanh\ndense 10",
        "pool 7\nsigmoid\ndense 10",
    ]).Select(Encoding.UTF8.GetBytes);

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        NetworkDefinition definition = new NetworkOptions { Layers = Encoding.UTF8.GetString(input).Split('\n') }.Define();
        Require(string.Join(',', LayerParser.Parse([.. definition.Layers.Select(layer => layer.ToString())])) == string.Join(',', definition.Layers), "A layer's word is another layer.");
        if (Use.IsSmall(definition))
        {
            Use.Network(new MnistNetwork(definition, 1));
        }

        return true;
    }
}
