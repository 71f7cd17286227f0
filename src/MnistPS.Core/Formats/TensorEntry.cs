namespace MnistPS.Formats;

/// <summary>A tensor in the header of a safetensors file.</summary>
/// <param name="Name">Its name, such as <c>0.weight</c>.</param>
/// <param name="Type">The type of its numbers, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Begin">Where it begins, in bytes behind the header.</param>
/// <param name="End">Where it ends.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    /// <summary>The name, the shape and the type, as messages tell them.</summary>
    public override string ToString() => $"{Name} ({string.Join(", ", Shape)}) {Type}";
}
