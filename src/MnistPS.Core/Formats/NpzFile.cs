using System.IO.Compression;

namespace MnistPS.Formats;

/// <summary>The arrays of an npz file, as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write them: a zip archive with an entry <c>name.npy</c> for each.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Ending = ".npy";

    // A network has a few dozen arrays; a small file can have millions.
    private const int MostEntries = 10_000;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    /// <summary>The arrays of a file.</summary>
    /// <param name="file">The file, which stays open.</param>
    /// <exception cref="FormatException">It is no zip archive, or has entries that are no arrays.</exception>
    public NpzFile(Stream file)
    {
        try
        {
            _zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (_zip.Entries.Count > MostEntries)
            {
                throw new FormatException($"It has {_zip.Entries.Count} entries; at most {MostEntries} were expected.");
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or OverflowException)
        {
            _zip?.Dispose();
            throw new FormatException("It begins as a zip archive does, and is damaged or ends too early.", e);
        }

        foreach (ZipArchiveEntry entry in _zip.Entries)
        {
            if (entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            {
                throw new FormatException("It is a file of PyTorch, whose objects are pickled; they could only be had by running what the file says, and are never run. Save the weights by safetensors.torch.save_file(model.state_dict(), 'net.safetensors').");
            }

            if (entry.FullName.EndsWith(Ending, StringComparison.Ordinal) && !_entries.TryAdd(entry.FullName[..^Ending.Length], entry))
            {
                throw new FormatException($"It has two arrays '{TensorEntry.Shortened(entry.FullName[..^Ending.Length])}'.");
            }
        }

        if (_entries.Count == 0)
        {
            string holds = _zip.Entries is [{ } first, ..] ? $"It holds '{TensorEntry.Shortened(first.FullName)}'" : "It is empty";
            throw new FormatException($"It is a zip archive without arrays of NumPy. {holds}. Unpack it if what is wanted lies in it.");
        }
    }

    /// <summary>The names of the arrays, in order.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether these are the first bytes of a zip archive.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    /// <summary>The array of a name, or null.</summary>
    /// <exception cref="FormatException">Its type is not supported.</exception>
    public NpyArray? Find(string name) => _entries.TryGetValue(name, out ZipArchiveEntry? entry) ? NpyArray.Open(name, entry) : null;

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();
}
