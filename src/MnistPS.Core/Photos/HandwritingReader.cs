namespace MnistPS.Photos;

/// <summary>The whole way from a photo to an image as MNIST has them: find the ink, what hangs together, the digit, and make it MNIST's way.</summary>
internal static class HandwritingReader
{
    // A digit is of fewer parts than these, even by a pen that skips.
    private const int ManyParts = 10;

    /// <summary>Reads a photo as one digit.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light, or null if that is to be found.</param>
    /// <param name="name">What messages call the photo.</param>
    /// <exception cref="MnistException">Nothing is written on it (<c>NothingWritten</c>).</exception>
    public static Handwriting Read(Photo photo, InkTone? tone, string name)
    {
        Ink ink = InkFinder.Find(photo, tone) ?? throw NothingWritten(tone, name);
        Handwriting read = Read(ink);

        // Rules that are not known for such make a net of what is written; the pen is darker.
        if (!IsNet(read))
        {
            return read;
        }

        if (InkFinder.Darker(ink) is { } darker && Read(darker) is var without && !IsNet(without))
        {
            return without;
        }

        // Where it is not, what is not within the largest stroke is left out.
        return read.MayBeDigit ? Of(ink, DigitGroup.Of([.. read.Group.Components.Where(part => ink.Main.Box.Union(part.Box) == ink.Main.Box)]), 1) : read;
    }

    /// <summary>Reads every digit of a photo: line by line, or cell by cell of a form.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light, or null if that is to be found.</param>
    /// <param name="form">The form, or null if there is none.</param>
    /// <param name="name">What messages call the photo.</param>
    /// <exception cref="MnistException">Nothing is written on it (<c>NothingWritten</c>).</exception>
    public static IReadOnlyList<Handwriting> ReadAll(Photo photo, InkTone? tone, PhotoForm? form, string name)
    {
        List<Handwriting> found = [];
        if (InkFinder.Find(photo, tone) is { } ink)
        {
            IReadOnlyList<IReadOnlyList<DigitGroup?>> rows = form is null ? DigitSplit.Lines(ink) : DigitSplit.Cells(ink, form);
            for (int row = 0; row < rows.Count; row++)
            {
                for (int column = 0; column < rows[row].Count; column++)
                {
                    if (rows[row][column] is { } group)
                    {
                        found.Add(new Handwriting(ink, group, 1, DigitNormalizer.Normalize(ink, group)) { Row = row, Column = column });
                    }
                }
            }
        }

        return found.Count > 0 ? found : throw NothingWritten(tone, name);
    }

    private static bool IsNet(Handwriting read) => !read.MayBeDigit || (read.DigitCount == 1 && read.Group.Components.Count >= ManyParts);

    private static Handwriting Read(Ink ink)
    {
        (DigitGroup group, int count) = DigitSearch.All(ink);
        return Of(ink, group, count);
    }

    private static Handwriting Of(Ink ink, DigitGroup group, int count) => new(ink, group, count, DigitNormalizer.Normalize(ink, group));

    private static MnistException NothingWritten(InkTone? tone, string name) => new("NothingWritten", Fault.InvalidData,
        $"Nothing is written on '{name}': no {(tone is { } given ? $"{(given == InkTone.Dark ? "dark" : "light")} " : "")}strokes stand out from the paper. A picture with a digit on it was expected; take it nearer, or in better light.",
        name);
}
