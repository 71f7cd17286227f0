namespace MnistPS.Photos;

/// <summary>What was read on a photo.</summary>
/// <param name="Ink">The ink that was found.</param>
/// <param name="Group">The part of it that was read.</param>
/// <param name="DigitCount">How many digits it seems to be.</param>
/// <param name="Pixels">The 784 grey values of the image, 0 (paper) to 255 (ink).</param>
internal sealed record Handwriting(Ink Ink, DigitGroup Group, int DigitCount, byte[] Pixels)
{
    /// <summary>Its line, or its row of a form, from 0; null where a photo was read as one digit.</summary>
    public int? Row { get; init; }

    /// <summary>Its place in the line, or its column of a form, from 0; null where a photo was read as one digit.</summary>
    public int? Column { get; init; }
}
