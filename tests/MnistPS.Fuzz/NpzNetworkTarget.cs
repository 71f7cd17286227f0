using System.IO.Compression;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Fuzz;

/// <summary>Networks in npz files: of our own, of the tutorial's names, and of a stranger's layers.</summary>
public sealed class NpzNetworkTarget : FuzzTarget
{
    private static readonly string _path = Path.Combine(Use.Folder, "network.npz");
    private static readonly string[] _layers = ["pool 14", "dense 3", "relu", "dense 10"];

    /// <inheritdoc/>
    public override string Name => "npz-network";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        foreach (NetworkOptions options in (NetworkOptions[])[new() { Layers = _layers }, new() { HiddenSize = [2] }])
        {
            NpzNetwork.Write(new MnistNetwork(options.Define(), 1), _path, replace: true, CancellationToken.None);
            yield return File.ReadAllBytes(_path);
        }

        yield return Npz(("weights_1", "<f4", [784, 2]), ("weights_2", ">f8", [2, 10]));
        yield return Npz(("fc1.weight", "<f2", [3, 4]), ("fc1.bias", "<f8", [3]), ("fc2.weight", "<f4", [10, 3]));
    }

    /// <inheritdoc/>
    public override byte[] Repair(byte[] input) => NpzRepair.Checksums(input);

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        MnistNetwork network;
        try
        {
            network = NpzNetwork.Read(_path, null, CancellationToken.None);
        }
        catch (MnistException fault) when (fault.Id == "LayersNotInFile")
        {
            network = NpzNetwork.Read(_path, _layers, CancellationToken.None);
        }

        if (Use.IsSmall(network.Definition))
        {
            Use.Network(network);
        }

        return true;
    }

    private static byte[] Npz(params (string Name, string Type, long[] Shape)[] arrays)
    {
        MemoryStream stream = new();
        using (NpzWriter npz = new(stream, CompressionLevel.NoCompression))
        {
            foreach ((string name, string type, long[] shape) in arrays)
            {
                npz.Add(name, type, shape, take => take(new byte[shape.Aggregate((long)NpyType.Parse(type)!.Value.Bytes, (count, dimension) => count * dimension)]));
            }
        }

        return stream.ToArray();
    }
}
