namespace MnistPS;

/// <summary>A row of a network's view.</summary>
/// <param name="Layer">The layer, as <c>-Layer</c> writes it.</param>
/// <param name="OutputShape">What it gives for one image, such as <c>(24, 24, 8)</c>.</param>
/// <param name="Parameters">Numbers of its weights, biases, scales and shifts.</param>
public sealed record NetworkLayer(string Layer, string OutputShape, int Parameters);
