using MnistPS.Formats;

namespace MnistPS.Fuzz;

/// <summary>Tables of images.</summary>
public sealed class CsvDatasetTarget : FuzzTarget
{
    private static readonly string _folder = Directory.CreateDirectory(Path.Combine(Use.Folder, "csv")).FullName;
    private static readonly string _path = Path.Combine(_folder, "mnist_train.csv");

    /// <inheritdoc/>
    public override string Name => "csv-dataset";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        File.Delete(_path);
        File.Delete(Path.Combine(_folder, "mnist_test.csv"));
        CsvDataset.Write(SyntheticDigits.DrawDataset(1, 3, 1, CancellationToken.None), _folder, CancellationToken.None);
        byte[] table = File.ReadAllBytes(_path);
        yield return table;
        yield return table[(table.IndexOf((byte)'\n') + 1)..];
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        (IdxFile images, IdxFile labels) = CsvImages.Read(_path, CancellationToken.None);
        Require(images.Count == labels.Count, "There are not as many labels as images.");
        ImageSet set = new(images.Values, labels.Values);
        Use.Images(new MnistDataset("read", set, set));
        return true;
    }
}
