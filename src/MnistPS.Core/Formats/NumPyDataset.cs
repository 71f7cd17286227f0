using System.IO.Compression;

namespace MnistPS.Formats;

/// <summary>A data set in an npz file, like Keras' <c>mnist.npz</c>: <c>x_train</c> (n, 28, 28), <c>y_train</c> (n), <c>x_test</c>, <c>y_test</c>, of uint8.</summary>
internal static class NpzDataset
{
    private const string FileName = "mnist.npz";
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

    /// <summary>The file of a folder: <c>mnist.npz</c>, or the only one that ends in <c>.npz</c>; else null.</summary>
    public static string? Find(string folder)
    {
        string usual = Path.Combine(folder, FileName);
        return File.Exists(usual) ? usual : Directory.EnumerateFiles(folder, "*.npz").Take(2).ToArray() is [string only] ? only : null;
    }

    /// <summary>Writes a data set into a folder.</summary>
    public static void Write(MnistDataset dataset, string folder, CancellationToken cancellation) => AtomicFolder.Put(folder, FileName, stream =>
    {
        using NpzWriter npz = new(stream, CompressionLevel.Optimal);
        string[] names = _names[0];
        Add(names[0], [dataset.Training.Count, MnistImage.Side, MnistImage.Side], () => dataset.Training.Pixels);
        Add(names[1], [dataset.Training.Count], () => dataset.Training.Digits);
        Add(names[2], [dataset.Test.Count, MnistImage.Side, MnistImage.Side], () => dataset.Test.Pixels);
        Add(names[3], [dataset.Test.Count], () => dataset.Test.Digits);

        void Add(string name, long[] shape, Func<ReadOnlySpan<byte>> values) => npz.Add(name, ByteType, shape, take =>
        {
            for (ReadOnlySpan<byte> left = values(); !left.IsEmpty; left = left[Math.Min(StepLength, left.Length)..])
            {
                cancellation.ThrowIfCancellationRequested();
                take(left[..Math.Min(StepLength, left.Length)]);
            }
        });
    });

    /// <summary>Reads a data set. Other arrays of the file are ignored.</summary>
    /// <exception cref="MnistException">The file cannot be read (<c>FileNotReadable</c>), or has no such data set (<c>NotNpzDataset</c>).</exception>
    public static MnistDataset Read(string path, string name, CancellationToken cancellation)
    {
        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            byte[] start = new byte[FileSignature.Length];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (!NpzFile.Begins(start))
            {
                throw new FormatException($"It {FileSignature.Of(start)}.");
            }

            using NpzFile npz = new(file);
            string[] names = _names.MaxBy(some => some.Count(npz.Names.Contains))!;
            IdxFile[] arrays = [.. names.Select((array, i) => i % 2 == 0 ? ReadImages(Open(array)) : ReadLabels(Open(array)))];
            return MnistFiles.Mnist.Join(name, arrays[0], arrays[1], arrays[2], arrays[3]);

            NpyArray Open(string array) => npz.Find(array) ?? throw new FormatException(
                $"It has no array '{array}'. It has {string.Join(", ", npz.Names.Take(8).Select(one => $"'{TensorEntry.Shortened(one)}'"))}{(npz.Names.Count() > 8 ? " …" : "")}.");
        }
        catch (FormatException e)
        {
            throw new MnistException("NotNpzDataset", Fault.InvalidData,
                $"'{path}' is no data set: {e.Message} Arrays x_train (n, 28, 28), y_train (n), x_test and y_test of uint8 were expected, as mnist.npz of Keras has them.", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {FileFault.Reason(path, e)}", path, e);
        }

        IdxFile ReadImages(NpyArray array)
        {
            // A dimension of one channel, first or last, changes nothing.
            long[] shape = array.Header.Shape;
            bool isOne = shape is [_, MnistImage.PixelCount] or [_, MnistImage.Side, MnistImage.Side]
                or [_, MnistImage.Side, MnistImage.Side, 1] or [_, 1, MnistImage.Side, MnistImage.Side];
            return isOne && shape[0] is > 0 and <= MostImages ? Content(array, MnistFiles.Mnist.TrainingImages.ItemShape) : throw Unfit(array, "(n, 28, 28) or (n, 784)");
        }

        IdxFile ReadLabels(NpyArray array)
            => array.Header.Shape is [> 0 and <= MostImages] or [> 0 and <= MostImages, 1] ? Content(array, []) : throw Unfit(array, "(n)");

        IdxFile Content(NpyArray array, int[] itemShape) => IdxFile.Of($"{path}: {array.Name}", itemShape, array.ReadBytes(cancellation));

        FormatException Unfit(NpyArray array, string expected)
            => array.Wrong($"is ({TensorEntry.Shortened(string.Join(", ", array.Header.Shape))}); {expected} was expected, n from 1 to {MostImages}");
    }
}
