using System.IO.Compression;

namespace MnistPS.Formats;

/// <summary>
/// A data set as arrays of NumPy, <c>x_train</c> (n, 28, 28), <c>y_train</c> (n), <c>x_test</c> and <c>y_test</c>, of uint8: in one npz file like Keras'
/// <c>mnist.npz</c>, or in an npy file each, as <c>numpy.save</c> writes them.
/// </summary>
internal static class NumPyDataset
{
    private const string NpzName = "mnist.npz";
    private const string NpyEnding = ".npy";
    private const string ByteType = "|u1";

    // Bytes between two checks for cancellation.
    private const int StepLength = 1 << 20;

    // The limit of IDX files.
    private const int MostImages = 1_000_000;

    // The names in Keras and in the tutorial, and common variants.
    private static readonly string[][] _names =
    [
        ["x_train", "y_train", "x_test", "y_test"],
        ["training_images", "training_labels", "test_images", "test_labels"],
        ["train_images", "train_labels", "test_images", "test_labels"],
    ];

    /// <summary>The npz file of a folder: <c>mnist.npz</c>, or the only one that ends in <c>.npz</c>; else null.</summary>
    public static string? FindNpz(string folder)
    {
        string usual = Path.Combine(folder, NpzName);
        return File.Exists(usual) ? usual : Directory.EnumerateFiles(folder, "*.npz").Take(2).ToArray() is [string only] ? only : null;
    }

    /// <summary>Whether a folder has an npy file of a data set.</summary>
    public static bool HasNpy(string folder) => NpyNames(folder).Intersect(_names.SelectMany(names => names), StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>Writes a data set into a folder as an npz file.</summary>
    public static void WriteNpz(MnistDataset dataset, string folder, CancellationToken cancellation) => AtomicFolder.Put(folder, NpzName, stream =>
    {
        using NpzWriter npz = new(stream, CompressionLevel.Optimal);
        Write(dataset, (name, shape, write) => npz.Add(name, ByteType, shape, write), cancellation);
    });

    /// <summary>Writes a data set into a folder as npy files.</summary>
    public static void WriteNpy(MnistDataset dataset, string folder, CancellationToken cancellation)
        => Write(dataset, (name, shape, write) => AtomicFolder.Put(folder, name + NpyEnding, stream => NpyArray.Write(stream, ByteType, shape, write)), cancellation);

    /// <summary>Reads a data set from an npz file. Other arrays of the file are ignored.</summary>
    /// <exception cref="MnistException">The file cannot be read (<c>FileNotReadable</c>), or has no such data set (<c>NotNpzDataset</c>).</exception>
    public static MnistDataset ReadNpz(string path, string name, CancellationToken cancellation) => Read(path, "NotNpzDataset", () =>
    {
        using FileStream file = SpecialFile.OpenFile(path);
        byte[] start = new byte[FileSignature.Length];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (!NpzFile.Begins(start))
        {
            throw new FormatException($"It {FileSignature.Of(start)}.");
        }

        using NpzFile npz = new(file);
        return Join(path, name, [.. npz.Names], array => npz.Find(array)!, cancellation);
    });

    /// <summary>Reads a data set from the npy files of a folder.</summary>
    /// <exception cref="MnistException">A file cannot be read (<c>FileNotReadable</c>), or they are no such data set (<c>NotNpyDataset</c>).</exception>
    public static MnistDataset ReadNpy(string folder, string name, CancellationToken cancellation) => Read(folder, "NotNpyDataset", () =>
    {
        return Join(folder, name, NpyNames(folder), array => NpyArray.Open(array, Path.Join(folder, array + NpyEnding)), cancellation);
    });

    private static string[] NpyNames(string folder)
        => [.. Directory.EnumerateFiles(folder, "*" + NpyEnding).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

    private static void Write(MnistDataset dataset, Action<string, long[], Action<Action<ReadOnlySpan<byte>>>> add, CancellationToken cancellation)
    {
        Add(0, dataset.Training);
        Add(2, dataset.Test);

        void Add(int first, ImageSet images)
        {
            add(_names[0][first], [images.Count, MnistImage.Side, MnistImage.Side], take => InSteps(images.Pixels, take));
            add(_names[0][first + 1], [images.Count], take => InSteps(images.Digits, take));
        }

        void InSteps(ReadOnlySpan<byte> left, Action<ReadOnlySpan<byte>> take)
        {
            for (; !left.IsEmpty; left = left[Math.Min(StepLength, left.Length)..])
            {
                cancellation.ThrowIfCancellationRequested();
                take(left[..Math.Min(StepLength, left.Length)]);
            }
        }
    }

    private static MnistDataset Read(string path, string id, Func<MnistDataset> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new MnistException(id, Fault.InvalidData,
                $"'{path}' is no data set: {e.Message} Arrays x_train (n, 28, 28), y_train (n), x_test and y_test of uint8 were expected, as mnist.npz of Keras has them.", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {FileFault.Reason(path, e)}", path, e);
        }
    }

    /// <summary>Makes a data set of arrays. A part without its two arrays has no images. Capitals do not count, since many write X_train.</summary>
    private static MnistDataset Join(string path, string name, string[] found, Func<string, NpyArray> open, CancellationToken cancellation)
    {
        string[] names = _names.MaxBy(some => some.Count(array => Find(array) is not null))!;
        string?[] own = [.. names.Select(Find)];
        IdxFile[] arrays = [.. names.Select((array, i) => own[i] is null && own[i ^ 1] is null && own.Any(one => one is not null)
            ? IdxFile.Of(path, ItemShape(i), [])
            : ReadOne(open(own[i] ?? throw Missing(array)), i))];
        return MnistFiles.Mnist.Join(name, arrays[0], arrays[1], arrays[2], arrays[3]);

        string? Find(string array) => Array.Find(found, one => one.Equals(array, StringComparison.OrdinalIgnoreCase));

        FormatException Missing(string array) => new(
            $"It has no array '{array}'. It has {string.Join(", ", found.Take(8).Select(one => $"'{TensorEntry.Shortened(one)}'"))}{(found.Length > 8 ? " …" : "")}.");

        IdxFile ReadOne(NpyArray array, int i)
        {
            // A dimension of one channel, first or last, changes nothing.
            long[] shape = array.Header.Shape;
            bool isOne = i % 2 == 0
                ? shape is [_, MnistImage.PixelCount] or [_, MnistImage.Side, MnistImage.Side] or [_, MnistImage.Side, MnistImage.Side, 1] or [_, 1, MnistImage.Side, MnistImage.Side]
                : shape is [_] or [_, 1];
            return isOne && shape[0] <= MostImages
                ? IdxFile.Of($"{path}: {array.Name}", ItemShape(i), array.ReadBytes(cancellation))
                : throw array.Wrong($"is ({TensorEntry.Shortened(string.Join(", ", shape))}); {(i % 2 == 0 ? "(n, 28, 28) or (n, 784)" : "(n)")} was expected, n up to {MostImages}");
        }

        static int[] ItemShape(int i) => MnistFiles.Mnist.All[i].ItemShape;
    }
}
