using System.Text;

namespace MnistPS.Photos;

/// <summary>Recognizes the formats of picture files, before they are decoded.</summary>
internal static class PictureFormats
{
    /// <summary>The expected formats, as messages name them.</summary>
    public const string Expected = "PNG, JPEG, WebP, BMP or GIF was expected.";

    // The brands of HEIF that phones write (ISO/IEC 23008-12, annex B), and of AVIF. They follow the length and the type of the first box.
    private static readonly string[] _heifBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"];

    /// <summary>Checks that a file is a picture in a format that can be read.</summary>
    /// <param name="beginning">The first bytes of the file, at most <see cref="FileSignature.Length"/>.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <exception cref="MnistException">The file is no picture (<c>NotAPicture</c>), or is in a format that cannot be read (<c>HeifPicture</c>).</exception>
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

    // Source: https://en.wikipedia.org/wiki/List_of_file_signatures
    private static bool IsKnown(ReadOnlySpan<byte> beginning)
        => beginning.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || beginning.StartsWith("GIF8"u8)
        || beginning.StartsWith("BM"u8)
        || (beginning.StartsWith("RIFF"u8) && beginning.Length >= 12 && beginning[8..12].SequenceEqual("WEBP"u8));
}
