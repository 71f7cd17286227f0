namespace MnistPS.Photos;

/// <summary>What was read on a photo.</summary>
/// <param name="Ink">The ink that was found.</param>
/// <param name="Group">The part of it that was read.</param>
/// <param name="DigitCount">How many digits it seems to be.</param>
/// <param name="Pixels">The 784 grey values of the image, 0 (paper) to 255 (ink).</param>
internal sealed record Handwriting(Ink Ink, DigitGroup Group, int DigitCount, byte[] Pixels)
{
    // An 8 encloses two areas, and loops at the ends of its strokes a few more.
    private const int MostHoles = 5;

    // So many parts, each so large a share of the whole, are no strokes of one digit, and no dust.
    private const int MostParts = 20;
    private const double LeastPartShare = 0.03;

    /// <summary>Whether it may be one digit, and not a crossword, a text or a drawing.</summary>
    public bool MayBeDigit => InkHoles.Count(Group) <= MostHoles && Ink.Components.Count(component
        => component.Box.Side >= LeastPartShare * Group.Box.Side && Group.Box.Union(component.Box) == Group.Box) <= MostParts;

    /// <summary>Its line, or its row of a form, from 0; null where a photo was read as one digit.</summary>
    public int? Row { get; init; }

    /// <summary>Its place in the line, or its column of a form, from 0; null where a photo was read as one digit.</summary>
    public int? Column { get; init; }
}
