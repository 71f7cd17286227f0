using MnistPS.Formats;

namespace MnistPS.Fuzz;

/// <summary>Files with weights alone, read with layers that fit the valid ones.</summary>
public sealed class PlainTensorsTarget : SafetensorsTarget
{
    private static readonly string _path = Path.Combine(Use.Folder, "plain");
    private static readonly string[] _layers = ["pool 14", "dense 3", "batchnorm", "relu", "dense 10"];

    /// <inheritdoc/>
    public override string Name => "plain";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        foreach ((string type, int size) in ((string, int)[])[("F32", 4), ("BF16", 2)])
        {
            long end = 0;
            TensorEntry[] tensors =
            [
                Next("fc1.weight", 3, 4), Next("fc1.bias", 3),
                Next("norm.weight", 3), Next("norm.bias", 3), Next("norm.running_mean", 3), Next("norm.running_var", 3),
                Next("out.weight", 10, 3), Next("out.bias", 10),
            ];
            yield return [.. SafetensorsHeader.Create(new Dictionary<string, string>(), tensors).Bytes, .. new byte[end]];

            TensorEntry Next(string name, params long[] shape)
            {
                long begin = end;
                end += shape.Aggregate((long)size, (count, dimension) => count * dimension);
                return new TensorEntry(name, type, shape, begin, end);
            }
        }
    }

    /// <inheritdoc/>
    public override byte[] Repair(byte[] input) => WithRightLength(input);

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        Use.Network(NetworkFile.Read(_path, _layers));
        return true;
    }
}
