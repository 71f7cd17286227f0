namespace MnistPS;

/// <summary>One of the four files of a data set in MNIST's format.</summary>
/// <param name="Name">The name without <c>.gz</c>, such as <c>train-images-idx3-ubyte</c>.</param>
/// <param name="ItemShape">The dimensions after the first: 28, 28 for images, none for labels.</param>
/// <param name="Length">Bytes of the uncompressed content.</param>
/// <param name="Sha256">Digest of the uncompressed content, in lower-case hexadecimal.</param>
internal sealed record MnistFile(string Name, int[] ItemShape, long Length, string Sha256)
{
    /// <summary>Returns a file if it holds the pinned content.</summary>
    /// <exception cref="MnistException">The digest differs (<c>WrongContent</c>).</exception>
    public IdxFile Verify(IdxFile file) => Matches(file)
        ? file
        : throw new MnistException("WrongContent", Fault.InvalidData,
            $"'{file.Source}' is not {Name} of MNIST: the SHA-256 of its content is {file.Sha256}; {Sha256} was expected.", file.Source);

    /// <summary>Whether a file holds the pinned content.</summary>
    public bool Matches(IdxFile file) => file.Sha256 == Sha256;
}
