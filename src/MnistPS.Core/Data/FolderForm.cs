namespace MnistPS;

/// <summary>The names of the four files of a data set in a folder, and how their content differs from MNIST's.</summary>
/// <param name="Collection">The name of the data set, or null if it is that of the folder.</param>
/// <param name="Prefix">The beginning of their names.</param>
internal sealed record FolderForm(string? Collection, string Prefix)
{
    /// <summary>MNIST's names, which Fashion-MNIST and Kuzushiji-MNIST have too.</summary>
    public static FolderForm Mnist { get; } = new(null, "");

    // EMNIST: Cohen et al., arXiv:1702.05373; its images are published with rows as columns. QMNIST: Yadav and Bottou, arXiv:1905.10498.
    private static readonly FolderForm[] _others =
    [
        new("EMNIST", "emnist-digits-") { IsTransposed = true },
        new("EMNIST", "emnist-mnist-") { IsTransposed = true },
        new("QMNIST", "qmnist-") { HasColumns = true },
    ];

    /// <summary>Whether its images are transposed.</summary>
    public bool IsTransposed { get; private init; }

    /// <summary>Whether a label is the first of eight 32-bit numbers.</summary>
    public bool HasColumns { get; private init; }

    /// <summary>The form of the files in a folder: MNIST's, unless it has only files of another form.</summary>
    public static FolderForm Of(string folder)
    {
        string[] names = [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions()).Select(path => Path.GetFileName(path))];
        return MnistFiles.Mnist.All.Any(file => names.Any(name => name.StartsWith(file.Name.Split('-')[0] + "-", StringComparison.OrdinalIgnoreCase)))
            ? Mnist
            : Array.Find(_others, form => names.Any(name => name.StartsWith(form.Prefix, StringComparison.OrdinalIgnoreCase))) ?? Mnist;
    }

    /// <summary>The form of a file of another kind, by the beginning of its name.</summary>
    public static FolderForm OfFile(string path)
        => Array.Find(_others, form => Path.GetFileName(path).StartsWith(form.Prefix, StringComparison.OrdinalIgnoreCase)) ?? Mnist;

    /// <summary>The name of a file in this form.</summary>
    public string NameOf(MnistFile file)
    {
        string name = Prefix.Length == 0 ? file.Name : Prefix + file.Name.Replace("t10k", "test", StringComparison.Ordinal);
        return HasColumns ? name.Replace("idx1-ubyte", "idx2-int", StringComparison.Ordinal) : name;
    }

    /// <summary>Reads a file in this form, and converts its content to MNIST's form.</summary>
    /// <exception cref="MnistException">As <see cref="IdxFile"/> says.</exception>
    public IdxFile Read(string path, MnistFile file, CancellationToken cancellation)
    {
        bool isLabels = file.ItemShape.Length == 0;
        if (isLabels && HasColumns)
        {
            return IdxFile.ReadQmnistLabels(path, cancellation);
        }

        IdxFile content = IdxFile.Read(path, file.ItemShape, cancellation);
        if (!isLabels && IsTransposed)
        {
            Transpose(content.Values);
        }

        return content;
    }

    /// <summary>A sentence on files whose images are transposed.</summary>
    public static string TransposedNote(string path) => $"The images in '{path}' have their rows as columns, as EMNIST is published. They are put right.";

    /// <summary>Transposes images in place.</summary>
    public static void Transpose(byte[] pixels)
    {
        const int Side = MnistImage.Side;
        for (int start = 0; start < pixels.Length; start += MnistImage.PixelCount)
        {
            Span<byte> image = pixels.AsSpan(start, MnistImage.PixelCount);
            for (int row = 0; row < Side; row++)
            {
                for (int column = row + 1; column < Side; column++)
                {
                    (image[row * Side + column], image[column * Side + row]) = (image[column * Side + row], image[row * Side + column]);
                }
            }
        }
    }
}
