using System.Collections.ObjectModel;

namespace MnistPS.Plots;

/// <summary>An image of a plot, with what a network read in it.</summary>
/// <param name="Image">The image.</param>
/// <param name="Read">The digit that was read, or null without one.</param>
/// <param name="IsRejected">Whether a network rejected the image.</param>
internal readonly record struct ReadImage(MnistImage Image, int? Read = null, bool IsRejected = false)
{
    /// <summary>What was read and, if that was wrong, what was written; the label of an image that no network read.</summary>
    public string Caption
    {
        get
        {
            ReadOnlyCollection<string> names = Image.ClassNames ?? ClassNames.Digits;
            string? NameOf(int? label) => label is int one ? ClassNames.InPicture(names, one) : null;
            return (NameOf(Image.Label), IsRejected ? "rejected" : NameOf(Read)) switch
            {
                ({ } written, { } seen) when written != seen => $"{seen}, was {written}",
                (_, { } seen) => seen,
                ({ } written, null) => written,
                _ => "",
            };
        }
    }

    /// <summary>Whether it is a mistake.</summary>
    public bool StandsOut => Read is not null && Image.Label is not null && Read != Image.Label;
}
