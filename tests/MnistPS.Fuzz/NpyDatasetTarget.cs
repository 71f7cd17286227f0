using MnistPS.Formats;

namespace MnistPS.Fuzz;

/// <summary>Data sets in npy files, of which that of the training images is the input.</summary>
public sealed class NpyDatasetTarget : FuzzTarget
{
    private static readonly string _folder = Directory.CreateDirectory(Path.Combine(Use.Folder, "npy")).FullName;
    private static readonly string _path = Path.Combine(_folder, "x_train.npy");

    /// <inheritdoc/>
    public override string Name => "npy-dataset";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        foreach (string path in Directory.EnumerateFiles(_folder))
        {
            File.Delete(path);
        }

        NumPyDataset.WriteNpy(SyntheticDigits.DrawDataset(1, 3, 2, CancellationToken.None), _folder, CancellationToken.None);
        yield return File.ReadAllBytes(_path);
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        MnistDataset dataset = NumPyDataset.ReadNpy(_folder, "read", CancellationToken.None);
        Require(dataset.Training.Count == 3, "There are not as many images as labels.");
        Use.Images(dataset);
        return true;
    }
}
