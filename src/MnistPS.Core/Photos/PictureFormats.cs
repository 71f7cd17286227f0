using System.Text;

namespace MnistPS.Photos;

/// <summary>Which files are taken for pictures, before a decoder sees them.</summary>
internal static class PictureFormats
{
    /// <summary>What messages say was expected.</summary>
    public const string Expected = "PNG, JPEG, WebP, BMP or GIF was expected.";

    // Brands of HEIF with pictures as phones take them (ISO/IEC 23008-12, annex B), and of AVIF; they stand behind the length of the first box and its type.
    private static readonly string[] _heifBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"];

    /// <summary>Refuses what is none.</summary>
    /// <param name="beginning">The first bytes, <see cref="FileSignature.Length"/> if there are as many.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="MnistException">It is none (<c>NotAPicture</c>), or in a format that cannot be read (<c>HeifPicture</c>).</exception>
    public static void Check(ReadOnlySpan<byte> beginning, string name)
    {
        if (beginning.Length >= 12 && beginning[4..8].SequenceEqual("ftyp"u8)
            && Array.IndexOf(_heifBrands, Encoding.ASCII.GetString(beginning[8..12])) is >= 0 and int brand)
        {
            bool isAvif = _heifBrands[brand].StartsWith("avi", StringComparison.Ordinal);
            throw new MnistException("HeifPicture", Fault.InvalidData,
                $"'{name}' is {(isAvif ? "an AVIF picture" : "a HEIC photo, as iPhones take them")}, which cannot be read here. {Expected} "
                + "Save it as JPEG: on an iPhone choose Settings > Camera > Formats > Most Compatible, or send the photo by mail; on a computer open it and export it, "
                + "or run: magick photo.heic photo.jpg",
                name);
        }

        if (!IsKnown(beginning))
        {
            throw new MnistException("NotAPicture", Fault.InvalidData, $"'{name}' is no picture: it {FileSignature.Of(beginning)}. {Expected}", name);
        }
    }

    // https://en.wikipedia.org/wiki/List_of_file_signatures
    private static bool IsKnown(ReadOnlySpan<byte> beginning)
        => beginning.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || beginning.StartsWith("GIF8"u8)
        || beginning.StartsWith("BM"u8)
        || (beginning.StartsWith("RIFF"u8) && beginning.Length >= 12 && beginning[8..12].SequenceEqual("WEBP"u8));
}
