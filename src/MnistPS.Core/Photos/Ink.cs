namespace MnistPS.Photos;

/// <summary>The ink of a photo.</summary>
/// <param name="Tone">Whether it is dark or light.</param>
/// <param name="Channel">The channel in which it was found.</param>
/// <param name="Contrast">How much darker than the paper each pixel is, 0 to 255; of light ink, how much lighter.</param>
/// <param name="Level">How dark ink and paper are.</param>
/// <param name="Components">What hangs together, specks and rules left out.</param>
/// <param name="Main">The largest of them that a pen may have written.</param>
/// <param name="RuleCount">The rules that were taken out.</param>
internal sealed record Ink(
    InkTone Tone, Channel Channel, Plane Contrast, InkLevel Level, IReadOnlyList<InkComponent> Components, InkComponent Main, int RuleCount);
