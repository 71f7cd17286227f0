namespace MnistPS.Photos;

/// <summary>The components of one digit.</summary>
/// <param name="Components">Its parts: one, or the strokes that do not touch.</param>
/// <param name="Box">The rectangle around them.</param>
internal sealed record DigitGroup(IReadOnlyList<InkComponent> Components, Box Box)
{
    /// <summary>A group of some components.</summary>
    public static DigitGroup Of(IReadOnlyList<InkComponent> components)
        => new(components, components.Select(component => component.Box).Aggregate((one, other) => one.Union(other)));
}
