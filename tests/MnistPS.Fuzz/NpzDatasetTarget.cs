using MnistPS.Formats;

namespace MnistPS.Fuzz;

/// <summary>Data sets in npz files.</summary>
public sealed class NpzDatasetTarget : FuzzTarget
{
    private static readonly string _path = Path.Combine(Use.Folder, "digits.npz");

    /// <inheritdoc/>
    public override string Name => "npz-dataset";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Use.Folder, Guid.NewGuid().ToString())).FullName;
        NumPyDataset.WriteNpz(SyntheticDigits.DrawDataset(1, 3, 2, CancellationToken.None), folder, CancellationToken.None);
        yield return File.ReadAllBytes(Path.Combine(folder, "mnist.npz"));
    }

    /// <inheritdoc/>
    public override byte[] Repair(byte[] input) => NpzRepair.Checksums(input);

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        MnistDataset dataset = NumPyDataset.ReadNpz(_path, "read", CancellationToken.None);
        Use.Images(dataset);
        return true;
    }
}
