using System.Text;

namespace MnistPS.Photos;

/// <summary>Recognizes the formats of picture files, before they are decoded.</summary>
internal static class PictureFormats
{
    /// <summary>What to do with a file that ends too early.</summary>
    public const string WholeExpected = "A whole picture was expected; take all of its bytes, or copy it again from where it came from.";

    private const string Expected = "PNG, JPEG, WebP, BMP or GIF was expected.";

    // The brands of HEIF that phones write (ISO/IEC 23008-12, annex B), and of AVIF. They follow the length and the type of the first box.
    private static readonly string[] _heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];
    private static readonly string[] _avifBrands = ["avif", "avis"];

    /// <summary>Checks that a file is a picture in a format that can be read.</summary>
    /// <param name="beginning">The first bytes of the file, at most <see cref="FileSignature.Length"/>.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <exception cref="MnistException">
    /// The file is no picture (<c>NotAPicture</c>), or is in a format that cannot be read (<c>PictureNotSupported</c>).
    /// </exception>
    public static void Check(ReadOnlySpan<byte> beginning, string name)
    {
        if (NotSupported(beginning) is (string format, string conversion))
        {
            throw new MnistException("PictureNotSupported", Fault.InvalidData, $"'{name}' is {format}, which cannot be read here. {Expected} {conversion}", name);
        }

        if (!IsKnown(beginning))
        {
            throw new MnistException("NotAPicture", Fault.InvalidData,
                $"'{name}' is no picture: it {FileSignature.Of(beginning)}. {Expected} Give a photo, a scan or a drawing.", name);
        }
    }

    // Source: https://en.wikipedia.org/wiki/List_of_file_signatures
    private static bool IsKnown(ReadOnlySpan<byte> beginning)
        => beginning.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || beginning.StartsWith("GIF8"u8)
        || beginning.StartsWith("BM"u8)
        || (beginning.StartsWith("RIFF"u8) && beginning.Length >= 12 && beginning[8..12].SequenceEqual("WEBP"u8));

    /// <summary>A format that is not read, and how to make one of it that is; null for any other.</summary>
    private static (string Format, string Conversion)? NotSupported(ReadOnlySpan<byte> beginning)
    {
        string brand = beginning.Length >= 12 && beginning[4..8].SequenceEqual("ftyp"u8) ? Encoding.ASCII.GetString(beginning[8..12]) : "";
        if (_heicBrands.Contains(brand))
        {
            return ("a HEIC photo, as iPhones take them",
                "Save it as JPEG: on an iPhone choose Settings > Camera > Formats > Most Compatible, or send the photo by mail; on a computer open it and export it, or run: magick photo.heic photo.jpg");
        }

        if (_avifBrands.Contains(brand))
        {
            return ("an AVIF picture", "Open it, for example in a browser, and save it as PNG or JPEG, or run: magick photo.avif photo.jpg");
        }

        // TIFF 6.0 and BigTIFF, little-endian and big-endian.
        if (beginning.StartsWith("II*\0"u8) || beginning.StartsWith("MM\0*"u8) || beginning.StartsWith("II+\0"u8) || beginning.StartsWith("MM\0+"u8))
        {
            return ("a TIFF picture, as scanners write them", "Open it and save it as PNG, or run: magick scan.tif scan.png");
        }

        if (beginning.StartsWith("%PDF-"u8))
        {
            return ("a PDF document", "Save its page as a PNG, or run: pdftoppm -r 300 -png scan.pdf scan");
        }

        return beginning.IndexOf("<svg"u8) >= 0 || beginning.IndexOf("<!DOCTYPE svg"u8) >= 0
            ? ("an SVG drawing", "Open it, for example in Inkscape, and export it as PNG, or run: magick -density 300 drawing.svg drawing.png")
            : null;
    }
}
