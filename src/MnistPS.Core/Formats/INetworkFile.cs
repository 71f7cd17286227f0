namespace MnistPS.Formats;

/// <summary>Writes and reads networks in a format that needs packages, which are loaded at its first use.</summary>
internal interface INetworkFile
{
    /// <summary>Writes a network as of its last whole epoch, even while it is trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether an existing file may be replaced.</param>
    /// <param name="cancellation">Cancels the writing; an existing file stays intact.</param>
    /// <exception cref="MnistException">As <see cref="AtomicFile.Write"/>, or the format cannot represent a value (<c>NetworkNotSound</c>).</exception>
    void Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation);

    /// <summary>Reads a network from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">The words of <c>-Layer</c>, which a format with layers refuses; null if none are given.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="MnistException">
    /// As <see cref="NetworkFile.Read(string, string[], CancellationToken)"/>, or the model has a part that no network of this module has
    /// (<c>NetworkNotSupported</c>).
    /// </exception>
    MnistNetwork Read(string path, string[]? layers, CancellationToken cancellation);
}
