using System.Collections.ObjectModel;

namespace MnistPS.Plots;

/// <summary>Contact sheets of images.</summary>
internal static class ImagePlots
{
    /// <summary>Creates a contact sheet.</summary>
    /// <param name="images">At least one image, each with the digit that a network read, or null.</param>
    /// <param name="count">All images, of which these are the first.</param>
    /// <param name="title">A heading, or null for the default.</param>
    public static TilePlot Of(IReadOnlyList<(MnistImage Image, int? Read)> images, int count, string? title)
        => new(
            title ?? "Images",
            count > images.Count
                ? FormattableString.Invariant($"the first {images.Count:N0} of {count:N0} images")
                : FormattableString.Invariant($"{count:N0} {(count == 1 ? "image" : "images")}"),
            [.. images.Select(item => Picture(item.Image, item.Read))],
            IsDiverging: false);

    private static Tile Picture(MnistImage image, int? read)
    {
        int? label = image.Label;
        ReadOnlyCollection<string> names = image.ClassNames ?? ClassNames.Digits;
        return new Tile(Caption(
            label is int written ? ClassNames.InPicture(names, written) : null, read is int seen ? ClassNames.InPicture(names, seen) : null), MnistImage.Side, MnistImage.Side, Array.ConvertAll(image.Pixels, pixel => pixel / 255.0))
        {
            StandsOut = read is not null && label is not null && read != label,
        };
    }

    private static string Caption(string? label, string? read) => (label, read) switch
    {
        ({ } written, { } seen) when written != seen => $"{seen}, was {written}",
        (_, { } seen) => $"{seen}",
        ({ } written, null) => $"{written}",
        _ => "",
    };
}
