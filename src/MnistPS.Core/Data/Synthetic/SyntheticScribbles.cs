namespace MnistPS;

/// <summary>
/// Images that are no digits, to measure rejection: scribbles, and letters and symbols that resemble no digit, drawn with the pen of
/// <see cref="SyntheticDigits"/>. Nothing is trained or calibrated on them.
/// </summary>
public static class SyntheticScribbles
{
    /// <summary>Draws images without labels. Those at even indices are scribbles, the others letters and symbols.</summary>
    /// <param name="count">The number of images, 1 or more. The first images are the same for every count.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="MnistException">The count is below 1 or more than an array can hold (<c>CountOutOfRange</c>).</exception>
    public static IReadOnlyList<MnistImage> Draw(int count, ulong seed)
    {
        if (count < 1 || count > Array.MaxLength)
        {
            throw new MnistException("CountOutOfRange", Fault.InvalidArgument,
                $"{count} images were asked for; 1 to {Array.MaxLength} can be drawn.", count);
        }

        MnistImage[] images = new MnistImage[count];
        Parallel.For(0, count, i =>
        {
            SplitMix64 random = new(SplitMix64.OutputAt(seed, (ulong)i));
            byte[] pixels = new byte[MnistImage.PixelCount];
            Glyph glyph = i % 2 == 0 ? Scribble.Draw(ref random) : SymbolTable.Glyphs[random.NextBelow(SymbolTable.Glyphs.Length)];
            DigitPainter.Draw(glyph, ref random, pixels);
            images[i] = new MnistImage(pixels, i, label: null);
        });
        return Array.AsReadOnly(images);
    }
}
