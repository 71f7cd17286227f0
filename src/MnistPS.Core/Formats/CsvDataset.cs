using System.Runtime.CompilerServices;
using System.Text;

namespace MnistPS.Formats;

/// <summary>
/// A data set in two CSV files (RFC 4180), as on Kaggle, or in one of them: a header label, pixel0 … pixel783, and one row per image. The header is
/// optional.
/// </summary>
internal static class CsvDataset
{
    private const string TrainingName = "train.csv";
    private const string TestName = "test.csv";
    private const string Prefix = "mnist_";
    private const int BufferLength = 1 << 16;

    // A label, and a comma and three digits per pixel; one character more is written than is kept.
    private const int LongestRow = (4 * (MnistImage.PixelCount + 1)) + 4;

    // The text of a number with a comma in front, the first character in the lowest byte, and its length.
    private static readonly (uint Text, int Length)[] _pixels = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value =>
    {
        string text = FormattableString.Invariant($",{value}");
        return (BitConverter.ToUInt32(Encoding.ASCII.GetBytes(text.PadRight(sizeof(uint)))), text.Length);
    })];

    /// <summary>The files of a folder whose names end in <c>train.csv</c> and <c>test.csv</c>, or null if there are none.</summary>
    public static (string Training, string Test)? Find(string folder)
    {
        string[] training = Ending(TrainingName);
        string[] test = Ending(TestName);

        // Of several pairs, only the usual one is clear.
        return (training, test) switch
        {
            ([string one], [string other]) => (one, other),
            ([], [string other]) => PairOf(other),
            (_, _) when (training is [string one] ? one : training.FirstOrDefault(path => Path.GetFileName(path) == Prefix + TrainingName)) is { } first
                && PairOf(first) is var pair && (test.Length == 0 || test.Contains(pair.Test)) => pair,
            _ => null,
        };

        string[] Ending(string end) => [.. Directory.EnumerateFiles(folder).Where(path => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The pair of a file.</summary>
    /// <exception cref="MnistException">Its name is neither that of training images nor that of test images (<c>NotCsvDataset</c>).</exception>
    public static (string Training, string Test) PairOf(string path)
    {
        return path.EndsWith(TrainingName, StringComparison.OrdinalIgnoreCase) ? (path, Other(TrainingName, TestName))
            : path.EndsWith(TestName, StringComparison.OrdinalIgnoreCase) ? (Other(TestName, TrainingName), path)
            : throw new MnistException("NotCsvDataset", Fault.InvalidData,
                $"'{path}' does not say by its name whether it is for training or for testing. Two files whose names end in {TrainingName} and {TestName} were expected, such as {Prefix}{TrainingName} and {Prefix}{TestName}: rename it, and put the other one beside it.",
                path);

        string Other(string end, string otherEnd)
        {
            string other = Path.GetFullPath(path[..^end.Length] + otherEnd);
            return Directory.EnumerateFiles(Path.GetDirectoryName(other)!).FirstOrDefault(file => file.Equals(other, StringComparison.OrdinalIgnoreCase)) ?? other;
        }
    }

    /// <summary>Writes a data set into a folder.</summary>
    public static void Write(MnistDataset dataset, string folder, CancellationToken cancellation)
    {
        AtomicFolder.Put(folder, Prefix + TrainingName, stream => Write(dataset.Training, stream, cancellation));
        AtomicFolder.Put(folder, Prefix + TestName, stream => Write(dataset.Test, stream, cancellation));
    }

    /// <summary>Reads a data set. A part without its file has no images. EMNIST's images are transposed.</summary>
    /// <param name="files">The files. One of them must exist.</param>
    /// <param name="name">The data set's name if its content is not MNIST's.</param>
    /// <param name="warn">Receives a warning of test images without labels, which are left out; if it is null, they are a fault.</param>
    /// <param name="tell">Receives a sentence on each conversion.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="MnistException">As <see cref="CsvImages.Read"/>.</exception>
    public static MnistDataset Read(
        (string Training, string Test) files, string name, Action<string>? warn, Action<string>? tell, CancellationToken cancellation)
    {
        (IdxFile trainingImages, IdxFile trainingLabels) = Path.Exists(files.Training) ? ReadPart(files.Training) : Empty(files.Training);
        (IdxFile testImages, IdxFile testLabels) = Empty(files.Test);
        try
        {
            (testImages, testLabels) = Path.Exists(files.Test) ? ReadPart(files.Test) : Empty(files.Test);
        }
        catch (MnistException fault) when (fault.Id == CsvImages.WithoutLabels && warn is not null && trainingImages.Count > 0)
        {
            warn($"The data set has no test images: {fault.Message}");
        }

        return MnistFiles.Mnist.Join(name, trainingImages, trainingLabels, testImages, testLabels);

        (IdxFile Images, IdxFile Labels) ReadPart(string path)
        {
            (IdxFile images, IdxFile labels) = CsvImages.Read(path, cancellation);
            if (FolderForm.OfFile(path).IsTransposed)
            {
                FolderForm.Transpose(images.Values);
                tell?.Invoke(FolderForm.TransposedNote(path));
            }

            return (images, labels);
        }

        static (IdxFile Images, IdxFile Labels) Empty(string path) => (IdxFile.Of(path, MnistFiles.Mnist.TrainingImages.ItemShape, []), IdxFile.Of(path, [], []));
    }

    private static void Write(ImageSet images, Stream stream, CancellationToken cancellation)
    {
        stream.Write(Encoding.ASCII.GetBytes($"label,{string.Join(',', Enumerable.Range(0, MnistImage.PixelCount).Select(i => $"pixel{i}"))}\n"));
        byte[] buffer = new byte[BufferLength];
        int length = 0;
        for (int i = 0; i < images.Count; i++)
        {
            if (buffer.Length - length < LongestRow)
            {
                cancellation.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, length);
                length = 0;
            }

            length += WriteRow(images.LabelOf(i), images.PixelsOf(i), buffer.AsSpan(length));
        }

        stream.Write(buffer, 0, length);
    }

    // Optimised from the first call, like CsvImages: a process writes a table once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteRow(byte label, ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        (uint Text, int Length)[] texts = _pixels;
        row[0] = (byte)('0' + label);
        int length = 1;
        foreach (byte pixel in pixels)
        {
            (uint text, int count) = texts[pixel];
            BitConverter.TryWriteBytes(row[length..], text);
            length += count;
        }

        row[length++] = (byte)'\n';
        return length;
    }
}
