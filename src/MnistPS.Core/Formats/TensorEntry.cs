namespace MnistPS.Formats;

/// <summary>A tensor in the header of a safetensors file.</summary>
/// <param name="Name">Its name, such as <c>0.weight</c>.</param>
/// <param name="Type">The element type, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last one.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    private const int LongestText = 100;

    /// <summary>Name, shape and type for a message, shortened to a line.</summary>
    public override string ToString() => $"{Shortened(Name)} ({Shortened(string.Join(", ", Shape.Take(LongestText)))}) {Type}";

    /// <summary>A text, shortened for a message.</summary>
    public static string Shortened(string text) => text.Length > LongestText ? string.Concat(text.AsSpan(0, LongestText), "…") : text;
}
