using MnistPS.Photos;

namespace MnistPS.Plots;

/// <summary>A photo, and what was read where on it.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Note">A line below it.</param>
/// <param name="Photo">The photo.</param>
/// <param name="Readings">The boxes, in pixels of the photo.</param>
internal sealed record PhotoPlot(string Title, string Note, Photo Photo, IReadOnlyList<PhotoReading> Readings) : Plot(Title, Note)
{
    private const int LongerSide = 1064;

    // What the edges and the heading of a sheet take.
    private const int Beside = 56;
    private const int AboveAndBelow = 99;

    /// <inheritdoc/>
    public override (int Width, int Height) NaturalSize
    {
        get
        {
            double scale = (double)LongerSide / Math.Max(Photo.Width, Photo.Height);
            return (Beside + (int)Math.Ceiling(scale * Photo.Width), AboveAndBelow + (int)Math.Ceiling(scale * Photo.Height));
        }
    }
}
