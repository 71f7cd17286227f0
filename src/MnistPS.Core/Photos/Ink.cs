namespace MnistPS.Photos;

/// <summary>The ink of a photo.</summary>
/// <param name="Tone">Whether the ink is dark or light.</param>
/// <param name="Channel">The channel in which the ink was found.</param>
/// <param name="Contrast">How much darker each pixel is than the paper, 0 to 255. For light ink, how much lighter.</param>
/// <param name="Level">The contrast of ink and of paper.</param>
/// <param name="Components">The connected components, without the remnants of rules.</param>
/// <param name="Main">The largest component that is likely to be handwriting.</param>
/// <param name="RuleCount">The number of rules that were removed.</param>
internal sealed record Ink(
    InkTone Tone, Channel Channel, Plane Contrast, InkLevel Level, IReadOnlyList<InkComponent> Components, InkComponent Main, int RuleCount)
{
    /// <summary>Whether ink of the other tone is more distinct. It is false where no tone was given.</summary>
    public bool IsFainter { get; init; }
}
