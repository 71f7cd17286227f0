namespace MnistPS;

/// <summary>A layer in a network's view.</summary>
public sealed class NetworkLayer
{
    internal NetworkLayer(string layer, string outputShape, int parameters)
    {
        Layer = layer;
        OutputShape = outputShape;
        Parameters = parameters;
    }

    /// <summary>The layer, as <c>-Layer</c> writes it.</summary>
    public string Layer { get; }

    /// <summary>The output shape for one image, such as <c>(24, 24, 8)</c>.</summary>
    public string OutputShape { get; }

    /// <summary>Number of trained values: weights, biases, scales and shifts.</summary>
    public int Parameters { get; }

    /// <summary>The row. A network's copy from a job or a file may have its layers as text only, and the view shows that.</summary>
    public override string ToString() => $"{Layer,-18} {OutputShape,-14} {Parameters,10}";
}
