namespace MnistPS.Photos;

/// <summary>Reads images in MNIST's format from a photo: it finds the ink, groups the components to digits, and normalizes the digits.</summary>
internal static class HandwritingReader
{
    // The number of components from which a group is no digit. A digit has fewer, even where the pen has skipped.
    private const int ManyParts = 10;

    /// <summary>Reads a photo as one digit.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light. With null, both are searched.</param>
    /// <param name="name">The name of the photo in messages.</param>
    /// <exception cref="MnistException">The photo has no handwriting (<c>NothingWritten</c>).</exception>
    public static Handwriting Read(Photo photo, InkTone? tone, string name)
    {
        Ink ink = InkFinder.Find(photo, tone) ?? throw NothingWritten(photo, tone, name);
        Handwriting read = Read(ink);

        // Rules that were not removed connect the strokes to a net. The pen's ink is darker than the rules.
        if (!IsNet(read))
        {
            return read;
        }

        if (InkFinder.Darker(ink) is { } darker && Read(darker) is var without && !IsNet(without))
        {
            return without;
        }

        // Where there is no darker ink, only the components inside the main component's bounding box are kept.
        return read.MayBeDigit ? Of(ink, DigitGroup.Of([.. read.Group.Components.Where(part => ink.Main.Box.Union(part.Box) == ink.Main.Box)])) : read;
    }

    /// <summary>Reads every digit of a photo, in lines or in the cells of a form.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light. With null, both are searched.</param>
    /// <param name="form">The form, or null if there is none.</param>
    /// <param name="name">The name of the photo in messages.</param>
    /// <exception cref="MnistException">The photo has no handwriting (<c>NothingWritten</c>).</exception>
    public static IReadOnlyList<Handwriting> ReadAll(Photo photo, InkTone? tone, PhotoForm? form, string name)
    {
        List<Handwriting> found = [];
        if (InkFinder.Find(photo, tone) is { } all)
        {
            Ink ink = Clearest(all);
            IReadOnlyList<IReadOnlyList<DigitGroup?>> rows = form is null ? DigitSplit.Lines(ink) : DigitSplit.Cells(ink, form);
            for (int row = 0; row < rows.Count; row++)
            {
                for (int column = 0; column < rows[row].Count; column++)
                {
                    if (rows[row][column] is { } group)
                    {
                        found.Add(Of(ink, group) with { Row = row, Column = column });
                    }
                }
            }
        }

        return found.Count > 0 ? found : throw NothingWritten(photo, tone, name);
    }

    /// <summary>The ink of a page at the threshold at which its digits are neither joined by rules nor in pieces.</summary>
    private static Ink Clearest(Ink ink)
    {
        if (IsNet(ink))
        {
            return InkFinder.Darker(ink) is { } darker && !IsNet(darker) ? darker : ink;
        }

        (int whole, int pieces) = DigitSplit.Count(ink);
        return pieces > 0 && InkFinder.Fainter(ink) is { } fainter && DigitSplit.Count(fainter) is var (more, left) && more - left > whole - pieces ? fainter : ink;
    }

    private static bool IsNet(Ink ink) => InkHoles.Count(DigitGroup.Of([ink.Main])) > Handwriting.MostHoles;

    private static bool IsNet(Handwriting read) => !read.MayBeDigit || (read.DigitCount == 1 && read.Group.Components.Count >= ManyParts);

    private static Handwriting Read(Ink ink) => Of(ink, DigitSearch.All(ink));

    private static Handwriting Of(Ink ink, DigitGroup group) => new(ink, group, DigitNormalizer.Normalize(ink, group));

    private static MnistException NothingWritten(Photo photo, InkTone? tone, string name)
    {
        string kind = tone is { } given ? $"{Word(given)} " : "";
        string advice = tone is not null && InkFinder.Find(photo, null) is { } other && other.Tone != tone
            ? $"There is {Word(other.Tone)} ink: leave -Ink out, or give -Ink {other.Tone}."
            : "Take it nearer, or in better light.";
        return new("NothingWritten", Fault.InvalidData,
            $"Nothing is written on '{name}': no {kind}strokes stand out from the paper. A picture with a digit on it was expected. {advice}", name);
    }

    private static string Word(InkTone tone) => tone == InkTone.Dark ? "dark" : "light";
}
