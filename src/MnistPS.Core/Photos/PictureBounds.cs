namespace MnistPS.Photos;

/// <summary>The limits of a picture's size. They are checked against the header before anything is decoded.</summary>
internal static class PictureBounds
{
    /// <summary>The smallest side, in pixels.</summary>
    public const int LeastSide = 8;

    /// <summary>The largest side, in pixels.</summary>
    public const int MostSide = 20_000;

    /// <summary>The largest number of pixels, a little more than the largest sensors of phones have.</summary>
    public const int MostPixels = 210_000_000;

    /// <summary>Checks a picture's size.</summary>
    /// <exception cref="MnistException">The picture is too small (<c>PictureTooSmall</c>) or too large (<c>PictureTooLarge</c>).</exception>
    public static void Check(int width, int height, string name)
    {
        if (width < LeastSide || height < LeastSide)
        {
            throw new MnistException("PictureTooSmall", Fault.InvalidData,
                $"'{name}' has {width} by {height} pixels; {LeastSide} by {LeastSide} or more were expected, for a digit cannot be told in fewer. Give the picture as it was taken, scanned or drawn.", name);
        }

        if (width > MostSide || height > MostSide || (long)width * height > MostPixels)
        {
            throw new MnistException("PictureTooLarge", Fault.InvalidData,
                $"'{name}' has {width} by {height} pixels; at most {MostSide} on a side and {MostPixels / 1_000_000} million in all were expected. Make it smaller, or cut out what is written.",
                name);
        }
    }
}
