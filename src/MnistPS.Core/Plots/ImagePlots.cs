using MnistPS.Photos;

namespace MnistPS.Plots;

/// <summary>Contact sheets of images, and the photos that they come from.</summary>
internal static class ImagePlots
{
    /// <summary>Creates a contact sheet.</summary>
    /// <param name="images">At least one image, each with the digit that a network read, or null.</param>
    /// <param name="count">All images, of which these are the first.</param>
    /// <param name="title">A heading, or null for the default.</param>
    public static TilePlot Of(IReadOnlyList<ReadImage> images, int count, string? title)
        => new(
            title ?? "Images",
            count > images.Count
                ? FormattableString.Invariant($"the first {images.Count:N0} of {count:N0} images")
                : FormattableString.Invariant($"{count:N0} {(count == 1 ? "image" : "images")}"),
            [.. images.Select(Picture)],
            IsDiverging: false);

    /// <summary>The file that all images come from, or null if they come from none or from several.</summary>
    public static string? PhotoOf(IReadOnlyList<ReadImage> images)
        => images.All(item => item.Image.Source?.Path is { } path && path == images[0].Image.Source!.Path) ? images[0].Image.Source!.Path : null;

    /// <summary>A photo with a box around each image that comes from it.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="images">The images, each with what a network read in it, or null.</param>
    /// <param name="title">A heading, or null for the name of the file.</param>
    public static PhotoPlot On(Photo photo, IReadOnlyList<ReadImage> images, string? title)
        => new(
            title ?? Path.GetFileName(PhotoOf(images))!,
            FormattableString.Invariant($"{images.Count:N0} {(images.Count == 1 ? "digit" : "digits")}"),
            photo,
            [.. images.Select(item => Reading(photo, item))]);

    private static PhotoReading Reading(Photo photo, ReadImage item)
    {
        ImageSource source = item.Image.Source!;
        int Scaled(int length) => (int)Math.Round(length / photo.Scale);
        Box box = new(Scaled(source.Left), Scaled(source.Top), Scaled(source.Left + source.Width), Scaled(source.Top + source.Height));
        return new PhotoReading(box, item.Caption, item.StandsOut);
    }

    private static Tile Picture(ReadImage item)
        => new(item.Caption, MnistImage.Side, MnistImage.Side, Array.ConvertAll(item.Image.Pixels, pixel => pixel / 255.0)) { StandsOut = item.StandsOut };
}
