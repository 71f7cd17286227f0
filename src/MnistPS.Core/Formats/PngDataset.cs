using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;

namespace MnistPS.Formats;

/// <summary>A data set as PNGs in folders by set and label, such as <c>training/5/00000.png</c>. They are sorted by name, numbers in names by size.</summary>
internal static partial class PngDataset
{
    private const int MostImages = 1_000_000;

    // A file of 784 pixels is smaller than this, with metadata too.
    private const int LongestFile = 1 << 16;

    private static readonly string[] _trainingNames = ["training", "train"];
    private static readonly string[] _testNames = ["testing", "test"];
    private static readonly string[] _otherPictures = [".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>The folders of training and test images in a folder, or null if it has none with a folder of a digit.</summary>
    public static (string Training, string Test)? Find(string folder)
    {
        (string? training, string? test) = (Of(_trainingNames), Of(_testNames));
        return training is null && test is null
            ? null
            : (training ?? Path.Combine(folder, _trainingNames[0]), test ?? Path.Combine(folder, _testNames[0]));

        string? Of(string[] names) => Parts(folder).FirstOrDefault(path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Writes a data set into a folder. A part without images is an empty folder.</summary>
    public static void Write(MnistDataset dataset, string folder, CancellationToken cancellation)
    {
        Write(dataset.Training, Path.Join(folder, _trainingNames[0]), cancellation);
        Write(dataset.Test, Path.Join(folder, _testNames[0]), cancellation);
    }

    /// <summary>Reads a data set. A part without its folder, or without folders of labels, has no images.</summary>
    /// <param name="folders">The folders. One of them must have a folder of a label.</param>
    /// <param name="name">The data set's name if its content is not MNIST's.</param>
    /// <param name="warn">Receives a warning of files and folders that are passed over.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="MnistException">
    /// The folders of labels have no PNGs (<c>NotPngDataset</c>), or a file cannot be read (<c>FileNotReadable</c>) or is no PNG of 28 × 28 grey values
    /// (<c>NotGreyPng</c>).
    /// </exception>
    public static MnistDataset Read((string Training, string Test) folders, string name, Action<string> warn, CancellationToken cancellation)
    {
        (IdxFile trainingImages, IdxFile trainingLabels) = ReadFolder(folders.Training, warn, cancellation);
        (IdxFile testImages, IdxFile testLabels) = ReadFolder(folders.Test, warn, cancellation);
        foreach (string other in Parts(Path.GetDirectoryName(folders.Training)!).Where(path => path != folders.Training && path != folders.Test))
        {
            warn($"'{other}' has folders 0 to 9 too, and is passed over. Folders training and testing are read, or train and test.");
        }

        return MnistFiles.Mnist.Join(name, trainingImages, trainingLabels, testImages, testLabels);
    }

    private static void Write(ImageSet images, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (byte label in images.Labels.Distinct())
        {
            Directory.CreateDirectory(PathOf(label));
        }

        // Not flushed one by one, which takes minutes.
        Each(
            images.Count,
            i => File.WriteAllBytes(Path.Join(PathOf(images.LabelOf(i)), string.Create(CultureInfo.InvariantCulture, $"{i:D5}.png")), GreyPng.Encode(images[i])),
            cancellation);

        string PathOf(byte label) => Path.Join(folder, ((int)label).ToString(CultureInfo.InvariantCulture));
    }

    private static (IdxFile Images, IdxFile Labels) ReadFolder(string folder, Action<string> warn, CancellationToken cancellation)
    {
        (string Path, byte Label)[] files = [];
        List<string> others = [];
        try
        {
            if (Directory.Exists(folder))
            {
                (string Path, byte Label)[] labels = [.. LabelFolders(folder)];
                (string Path, byte Label)[] entries = [.. labels.SelectMany(one => Entries(one.Path).Select(path => (path, one.Label))).Take(MostImages + 1)];
                files = [.. entries.Where(entry => IsPng(entry.Path)).OrderBy(file => SortKey(file.Path), StringComparer.Ordinal).ThenBy(file => file.Label)];
                others = [.. Entries(folder).Except(labels.Select(one => one.Path)), .. entries.Select(entry => entry.Path).Where(path => !IsPng(path))];
                if (labels.Length > 0 && (files.Length == 0 || entries.Length > MostImages))
                {
                    throw new MnistException("NotPngDataset", Fault.InvalidData,
                        $"'{folder}' has {(files.Length == 0 ? "no pictures" : $"more than {MostImages} files")} in its folders 0 to 9; 1 to {MostImages} files that end in .png were expected.{Advice(folder, others)}", folder);
                }
            }
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{folder}' cannot be read: {e.Message.TrimEnd('.')}.", folder, e);
        }

        if (others.Count > 0)
        {
            warn($"'{folder}' has {others.Count} {(others.Count == 1 ? "file or folder that is" : "files and folders that are")} passed over, such as '{Path.GetRelativePath(folder, others.Min(StringComparer.Ordinal)!)}'. {files.Length} images were read: files that end in .png, in folders 0 to 9.{Advice(folder, others)}");
        }

        byte[] pixels = new byte[files.Length * MnistImage.PixelCount];
        Each(files.Length, i => ReadPicture(files[i].Path).CopyTo(pixels, i * MnistImage.PixelCount), cancellation);
        return (IdxFile.Of(folder, MnistFiles.Mnist.TrainingImages.ItemShape, pixels), IdxFile.Of(folder, [], Array.ConvertAll(files, file => file.Label)));
    }

    // Hidden files are those of the system.
    private static IEnumerable<string> Entries(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { IgnoreInaccessible = false });

    private static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    /// <summary>A sentence on how to read pictures in other formats, with a space in front; nothing without one.</summary>
    private static string Advice(string folder, List<string> others)
        => others.Select(Path.GetExtension).FirstOrDefault(ending => _otherPictures.Contains(ending, StringComparer.OrdinalIgnoreCase)) is { } ending
            ? $" ConvertTo-MnistImage reads other pictures: Get-ChildItem '{folder}' -Recurse -Filter *{ending} | ConvertTo-MnistImage -Label {{ $_.Directory.Name }} | New-MnistDataset"
            : "";

    private static byte[] ReadPicture(string path)
    {
        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            if (file.Length > LongestFile)
            {
                throw new FormatException($"has {file.Length} bytes, more than a digit takes");
            }

            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return GreyPng.Decode(bytes, MnistImage.Side, MnistImage.Side);
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            throw new MnistException("NotGreyPng", Fault.InvalidData,
                $"'{path}' {(e is FormatException ? e.Message : "ends too early")}. A PNG of 28 by 28 grey values of 8 bits was expected, 0 (paper) to 255 (ink).", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {FileFault.Reason(path, e)}", path, e);
        }
    }

    /// <summary>The folders in a folder that have folders of labels, training before train.</summary>
    private static IEnumerable<string> Parts(string folder)
        => Directory.EnumerateDirectories(folder).Where(path => LabelFolders(path).Any()).OrderDescending(StringComparer.Ordinal);

    private static IEnumerable<(string Path, byte Label)> LabelFolders(string folder)
        => Enumerable.Range(0, 10)
            .Select(label => (Path: Path.Join(folder, label.ToString(CultureInfo.InvariantCulture)), Label: (byte)label))
            .Where(one => Directory.Exists(one.Path));

    private static string SortKey(string path) => Digits().Replace(Path.GetFileNameWithoutExtension(path), digits => digits.Value.PadLeft(20, '0'));

    /// <summary>Processes many files on all cores, up to the first fault.</summary>
    private static void Each(int count, Action<int> work, CancellationToken cancellation)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
