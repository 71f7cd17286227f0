namespace MnistPS.Photos;

/// <summary>A digit that was read on a photo.</summary>
/// <param name="Ink">The ink of the photo.</param>
/// <param name="Group">The components of the digit.</param>
/// <param name="DigitCount">The estimated number of digits in the group.</param>
/// <param name="Pixels">The 784 grey values of the image, 0 (paper) to 255 (ink).</param>
internal sealed record Handwriting(Ink Ink, DigitGroup Group, int DigitCount, byte[] Pixels)
{
    /// <summary>The line, or the row of a form, from 0. It is null where a photo was read as one digit.</summary>
    public int? Row { get; init; }

    /// <summary>The position in the line, or the column of a form, from 0. It is null where a photo was read as one digit.</summary>
    public int? Column { get; init; }
}
