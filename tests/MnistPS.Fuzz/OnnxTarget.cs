using Google.Protobuf;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Onnx;
using Onnx;

namespace MnistPS.Fuzz;

/// <summary>ONNX models: of ours, with their metadata and without, and of others.</summary>
public sealed class OnnxTarget : FuzzTarget
{
    private static readonly string _path = Path.Combine(Use.Folder, "model");
    private static readonly INetworkFile _file = new OnnxFile();

    private readonly ModelProto[] _sound = [.. Create()];

    /// <inheritdoc/>
    public override string Name => "onnx";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound() => _sound.Select(model => model.ToByteArray());

    /// <inheritdoc/>
    public override byte[] Repair(byte[] input)
    {
        // Damage is refused nearly always where it is to the lengths of messages: every second input is nodes of a model that were mixed up.
        if (input.Length % 2 == 0)
        {
            return input;
        }

        Random random = new(input.Sum(value => value));
        ModelProto model = _sound[random.Next(_sound.Length)].Clone();
        NodeProto[] nodes = [.. _sound.SelectMany(sound => sound.Graph.Node)];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            NodeProto node = model.Graph.Node[random.Next(model.Graph.Node.Count)];
            NodeProto other = nodes[random.Next(nodes.Length)];
            switch (random.Next(5))
            {
                case 0:
                    node.OpType = other.OpType;
                    break;
                case 1:
                    node.Attribute.Clear();
                    node.Attribute.Add(other.Attribute.Select(attribute => attribute.Clone()));
                    break;
                case 2 when node.Attribute.Count > 0:
                    AttributeProto changed = node.Attribute[random.Next(node.Attribute.Count)];
                    changed.I = random.NextInt64(-3, 4);
                    changed.F = random.NextSingle();
                    for (int j = 0; j < changed.Ints.Count; j++)
                    {
                        changed.Ints[j] = random.Next(4) == 0 ? random.NextInt64() : random.Next(-2, 5);
                    }

                    break;
                case 3 when model.Graph.Initializer.Count > 0:
                    TensorProto tensor = model.Graph.Initializer[random.Next(model.Graph.Initializer.Count)];
                    for (int j = 0; j < tensor.Dims.Count; j++)
                    {
                        tensor.Dims[j] = random.Next(3) == 0 ? random.NextInt64() : tensor.Dims[random.Next(tensor.Dims.Count)];
                    }

                    break;
                case 4 when node.Input.Count > 0:
                    node.Input[random.Next(node.Input.Count)] = model.Graph.Node[random.Next(model.Graph.Node.Count)].Output[0];
                    break;
            }
        }

        return model.ToByteArray();
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        MnistNetwork network = _file.Read(_path, null, CancellationToken.None);
        if (Use.IsSmall(network.Definition))
        {
            Use.Network(network);
            _file.Write(network, _path, replace: true, CancellationToken.None);
            Require(_file.Read(_path, null, CancellationToken.None).ToString() == network.ToString(), "What was written and read again is another network.");
        }

        return true;
    }

    private static IEnumerable<ModelProto> Create()
    {
        foreach (string words in (string[])["pool 14,dense 10", "conv 2x3 same,batchnorm,leakyrelu,pool 7,dropout 0.5,dense 5,tanh,dense 10"])
        {
            MnistNetwork network = new(new NetworkOptions { Layers = words.Split(',') }.Define(), 1);
            ModelProto model = OnnxWriter.Write(network, network.State, CancellationToken.None);
            yield return model.Clone();
            model.MetadataProps.Clear();
            yield return model;
        }

        foreach (string path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models")).Order(StringComparer.Ordinal))
        {
            yield return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
    }
}
