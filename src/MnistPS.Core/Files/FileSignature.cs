using System.Text;

namespace MnistPS;

/// <summary>Identifies a file by its first bytes, for messages about unexpected content.</summary>
internal static class FileSignature
{
    /// <summary>Bytes needed to identify a file.</summary>
    public const int Length = 256;

    private const int ShownCharacters = 60;

    // Signatures: https://en.wikipedia.org/wiki/List_of_file_signatures; git-lfs: docs/spec.md; NumPy: numpy.lib.format.
    private static readonly (byte[] Begins, string Is)[] _binary =
    [
        ([0x1F, 0x8B], "is gzip within gzip: decompress it once"),
        ([0x50, 0x4B, 0x03, 0x04], "is a zip archive: unpack it"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "is a 7z archive: unpack it"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "is compressed by xz: decompress it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is compressed by Zstandard: decompress it"),
        ([0x42, 0x5A, 0x68], "is compressed by bzip2: decompress it"),
        ([0x1F, 0x9D], "is compressed by compress: decompress it"),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "is an array of NumPy"),
        ([0x89, 0x48, 0x44, 0x46], "is HDF5"),
        ([0x89, 0x50, 0x4E, 0x47], "is a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "is a JPEG picture"),
    ];

    private static readonly (string Begins, string Is)[] _text =
    [
        ("version https://git-lfs", "is a Git LFS pointer, which only stands for the file: fetch that with 'git lfs pull'"),
        ("<!doctype html", "is a web page"),
        ("<html", "is a web page"),
        ("<head", "is a web page"),
        ("<?xml", "is XML, such as servers send in the place of a file"),
    ];

    /// <summary>A clause such as <c>is a web page (it begins with '&lt;html>')</c>, or the first bytes if they are unknown.</summary>
    /// <param name="beginning">The first <see cref="Length"/> bytes, or fewer if there are fewer.</param>
    public static string Of(ReadOnlySpan<byte> beginning)
    {
        if (beginning.IsEmpty)
        {
            return "is empty";
        }

        foreach ((byte[] begins, string what) in _binary)
        {
            if (beginning.StartsWith(begins))
            {
                return $"{what} (it begins with {Hex(begins)})";
            }
        }

        return TextOf(beginning) is { Length: > 0 } text ? OfText(text) : $"begins with {Hex(beginning[..Math.Min(4, beginning.Length)])} at offset 0";
    }

    /// <summary>Bytes in hexadecimal, such as <c>1F 8B</c>.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ');

    private static string OfText(string text)
    {
        string shown = text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
        string what = Array.Find(_text, kind => text.StartsWith(kind.Begins, StringComparison.OrdinalIgnoreCase)).Is ?? "is text";
        return $"{what} (it begins with '{shown}')";
    }

    /// <summary>The bytes as one line of UTF-8 text, or null if they are not text.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        // The last character may be truncated.
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').TrimEnd('\uFFFD');
        return text.Contains('\uFFFD', StringComparison.Ordinal) || text.Any(character => char.IsControl(character) && !char.IsWhiteSpace(character))
            ? null
            : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
