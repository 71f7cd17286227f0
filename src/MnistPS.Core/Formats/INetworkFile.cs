namespace MnistPS.Formats;

/// <summary>Writes and reads networks in a format that takes packages, which are loaded when it is first asked for.</summary>
internal interface INetworkFile
{
    /// <summary>Writes a network into a file, as of its last whole epoch, even while it is trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether it may be there already.</param>
    /// <param name="cancellation">Ends the writing; what was there is there still.</param>
    /// <exception cref="MnistException">As <see cref="AtomicFile.Write"/>, or the format cannot hold one of the network's numbers (<c>NetworkNotSound</c>).</exception>
    void Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation);

    /// <summary>Reads a network from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">The words of <c>-Layer</c>, which the format leaves no room for; null where they were not given.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MnistException">
    /// As <see cref="NetworkFile.Read(string, string[], CancellationToken)"/>, or it is a model with something in it that no network here has
    /// (<c>NetworkNotSupported</c>).
    /// </exception>
    MnistNetwork Read(string path, string[]? layers, CancellationToken cancellation);
}
