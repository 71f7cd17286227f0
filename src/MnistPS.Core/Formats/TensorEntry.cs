namespace MnistPS.Formats;

/// <summary>A tensor in the header of a safetensors file.</summary>
/// <param name="Name">Its name, such as <c>0.weight</c>.</param>
/// <param name="Type">The type of its numbers, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Begin">Where it begins, in bytes behind the header.</param>
/// <param name="End">Where it ends.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    private const int LongestText = 100;

    /// <summary>The name, the shape and the type, as messages tell them: no file makes them longer than a line.</summary>
    public override string ToString() => $"{Shortened(Name)} ({Shortened(string.Join(", ", Shape.Take(LongestText)))}) {Type}";

    /// <summary>As much of a text as a message can have.</summary>
    public static string Shortened(string text) => text.Length > LongestText ? string.Concat(text.AsSpan(0, LongestText), "…") : text;
}
