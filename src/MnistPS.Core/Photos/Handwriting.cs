namespace MnistPS.Photos;

/// <summary>A digit that was read on a photo.</summary>
/// <param name="Ink">The ink of the photo.</param>
/// <param name="Group">The components of the digit.</param>
/// <param name="Pixels">The 784 grey values of the image, 0 (paper) to 255 (ink).</param>
internal sealed record Handwriting(Ink Ink, DigitGroup Group, byte[] Pixels)
{
    /// <summary>The largest number of holes in a digit. An 8 has two, and loops at the ends of its strokes can add a few.</summary>
    public const int MostHoles = 5;

    // The largest number of parts of a digit, without dust.
    private const int MostParts = 20;

    // The smallest side of a part that is counted, as a share of the digit's longer side. Dust is smaller.
    private const double LeastPartShare = 0.03;

    private bool? _mayBeDigit;

    /// <summary>The estimated number of digits that were read as one.</summary>
    public int DigitCount => Group.DigitCount;

    /// <summary>Whether the group can be one digit. A crossword, a text or a drawing has too many holes or parts.</summary>
    public bool MayBeDigit => _mayBeDigit ??= InkHoles.Count(Group) <= MostHoles && Ink.Components.Count(component
        => component.Box.Side >= LeastPartShare * Group.Box.Side && Group.Box.Union(component.Box) == Group.Box) <= MostParts;

    /// <summary>The line, or the row of a form, from 0. It is null where a photo was read as one digit.</summary>
    public int? Row { get; init; }

    /// <summary>The position in the line, or the column of a form, from 0. It is null where a photo was read as one digit.</summary>
    public int? Column { get; init; }
}
