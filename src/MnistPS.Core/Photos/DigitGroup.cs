namespace MnistPS.Photos;

/// <summary>The components that are read as one digit.</summary>
/// <param name="Components">One component, or several strokes that do not touch.</param>
/// <param name="Box">Their bounding box.</param>
internal sealed record DigitGroup(IReadOnlyList<InkComponent> Components, Box Box)
{
    /// <summary>The estimated number of digits.</summary>
    public int DigitCount { get; init; } = 1;

    /// <summary>Whether the group reaches into another cell of a form.</summary>
    public bool IsAcrossCells { get; init; }

    /// <summary>Makes a group of components.</summary>
    public static DigitGroup Of(IReadOnlyList<InkComponent> components)
        => new(components, components.Select(component => component.Box).Aggregate((one, other) => one.Union(other)));
}
