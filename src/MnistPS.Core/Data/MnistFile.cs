using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MnistPS;

/// <summary>One of the four files of a data set in MNIST's format.</summary>
/// <param name="Name">The name without <c>.gz</c>, such as <c>train-images-idx3-ubyte</c>.</param>
/// <param name="ItemShape">The dimensions after the first: 28, 28 for images, none for labels.</param>
/// <param name="Length">Bytes of the uncompressed content.</param>
/// <param name="Sha256">Digest of the uncompressed content, in lower-case hexadecimal.</param>
internal sealed record MnistFile(string Name, int[] ItemShape, long Length, string Sha256)
{
    /// <summary>The MD5 (RFC 1321) of the gzipped file, in lower-case hexadecimal, if no SHA-256 is published; else null.</summary>
    public string? Md5 { get; init; }

    /// <summary>Its collection.</summary>
    public string Collection { get; init; } = "MNIST";

    /// <summary>Reads a file, and checks that it has the pinned content.</summary>
    /// <exception cref="MnistException">As <see cref="IdxFile.Read(string, ReadOnlySpan{int}, CancellationToken, int)"/>, or the digest differs (<c>WrongContent</c>).</exception>
    public IdxFile Read(string path, CancellationToken cancellation)
    {
        IdxFile file = IdxFile.Read(path, ItemShape, cancellation);
        using FileStream? stream = Md5 is null ? null : SpecialFile.OpenFile(path);
        return Verify(file, stream);
    }

    /// <summary>Checks that a file has the pinned content, and returns it.</summary>
    /// <param name="file">The content.</param>
    /// <param name="stream">The file itself, if the digest is that of the file.</param>
    /// <exception cref="MnistException">The digest differs (<c>WrongContent</c>).</exception>
    public IdxFile Verify(IdxFile file, Stream? stream)
    {
        if (Md5 is null || stream is null)
        {
            return Matches(file) ? file : throw Wrong(file, $"the SHA-256 of its content is {file.Sha256}; {Sha256} was expected");
        }

        string found = Md5Of(stream);
        return found == Md5 ? file : throw Wrong(file, $"its MD5 is {found}; {Md5} was expected");
    }

    /// <summary>Whether a file holds the pinned content.</summary>
    public bool Matches(IdxFile file) => file.Sha256 == Sha256;

    /// <summary>Whether a gzipped file is the pinned one, byte for byte.</summary>
    public bool IsAt(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using FileStream stream = SpecialFile.OpenFile(path);
        return Md5Of(stream) == Md5;
    }

    // It detects other files and broken copies, and not forgeries.
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It is the digest that is published.")]
    private static string Md5Of(Stream stream)
    {
        stream.Position = 0;
        return Convert.ToHexStringLower(MD5.HashData(stream));
    }

    private MnistException Wrong(IdxFile file, string what)
        => new("WrongContent", Fault.InvalidData, $"'{file.Source}' is not {Name} of {Collection}: {what}.", file.Source);
}
