using System.IO.Compression;
using System.Text;

namespace MnistPS.Formats;

/// <summary>Writes the arrays of an npz file (<see cref="NpzFile"/>). The same arrays give the same bytes.</summary>
/// <param name="stream">The stream, at its beginning. It stays open.</param>
/// <param name="compression">The compression of the entries.</param>
internal sealed class NpzWriter(Stream stream, CompressionLevel compression) : IDisposable
{
    // The first date of the zip format.
    private static readonly DateTimeOffset _epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type, such as <c>&lt;f8</c>.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="write">Writes its elements in C order.</param>
    public void Add(string name, string type, long[] shape, Action<Action<ReadOnlySpan<byte>>> write)
    {
        ZipArchiveEntry entry = _zip.CreateEntry($"{name}.npy", compression);
        entry.LastWriteTime = _epoch;
        using Stream content = entry.Open();
        NpyArray.Write(content, type, shape, write);
    }

    /// <summary>Adds a string, which <c>str(file[name])</c> gives.</summary>
    public void Add(string name, string text)
    {
        byte[] bytes = new UTF32Encoding(bigEndian: false, byteOrderMark: false).GetBytes(text);
        Add(name, FormattableString.Invariant($"<U{bytes.Length / sizeof(int)}"), [], take => take(bytes));
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();
}
