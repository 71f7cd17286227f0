using Google.Protobuf;
using MnistPS.Formats;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;
using MnistPS.Web;
using Onnx;

using static Onnx.AttributeProto.Types;

namespace MnistPS.Onnx;

/// <summary>
/// Makes an ONNX model of a network, with operator set 13 (github.com/onnx/onnx/blob/main/docs/Changelog.md) and the IR version that belongs
/// to it, since a runtime refuses newer versions than its own. Dropout is left out, because it has no effect outside training.
/// </summary>
internal static class OnnxWriter
{
    public const string InputName = "image";
    public const string LogitsName = "logits";
    public const string ProbabilitiesName = "probabilities";

    /// <summary>The name of the outputs of a network that was trained by squared error.</summary>
    public const string ScoresName = "scores";

    /// <summary>The key of the metadata with the text of a <see cref="NetworkRecord"/>.</summary>
    public const string RecordKey = "mnistps";

    private const int OperatorSet = 13;
    private const long FormatVersion = 7;
    private const int Digits = 10;

    // That of the engine.
    private const float NormalizationEpsilon = 1e-5f;

    /// <summary>The model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    public static ModelProto Write(MnistNetwork network, NetworkState state, CancellationToken cancellation)
    {
        NetworkDefinition definition = network.Definition;
        bool isCrossEntropy = definition.Loss == LossKind.CrossEntropy;
        NetworkRecord record = NetworkFile.RecordOf(definition, network.Seed, state with { Optimizer = null, Calibration = null }, null);
        string input = "Grey values of MNIST divided by 255: 0 is paper and 1 is ink, row by row from the top.";
        string logits = isCrossEntropy
            ? "A number for each digit from 0 to 9; the digit that is read has the largest."
            : "A number for each digit from 0 to 9, near 1 for the digit that is read and near 0 for the others: trained by squared error, these are no probabilities and do not add up to 1.";
        string probabilities = "The softmax of the logits: they add up to 1.";

        GraphProto graph = new() { Name = "digits" };
        graph.Input.Add(Value(InputName, input, 1, MnistImage.Side, MnistImage.Side));
        graph.Output.Add(Value(isCrossEntropy ? LogitsName : ScoresName, logits, Digits));
        graph.Node.Add(NodesOf(definition));
        graph.Node[^1].Output[0] = graph.Output[0].Name;
        foreach ((NetworkTensor tensor, double[] numbers) in NetworkTensor.ParametersOf(definition).Zip(state.Values))
        {
            graph.Initializer.Add(Tensor(tensor, numbers, cancellation));
        }

        if (isCrossEntropy)
        {
            graph.Output.Add(Value(ProbabilitiesName, probabilities, Digits));
            graph.Node.Add(NewNode("Softmax", ProbabilitiesName, [LogitsName], Int("axis", 1)));
        }

        ModelProto model = new()
        {
            IrVersion = FormatVersion,
            ProducerName = "MnistPS",
            ProducerVersion = record.Version,
            DocString = $"Reads handwritten digits: {network}.",
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        Add("input", $"{InputName}: float32 (N, 1, 28, 28). {input}");
        Add("outputs", isCrossEntropy
            ? $"{LogitsName}: float32 (N, 10). {logits} {ProbabilitiesName}: float32 (N, 10). {probabilities}"
            : $"{ScoresName}: float32 (N, 10). {logits}");
        Add("training", RepeatCommand.Of(network, state));
        Add(RecordKey, record.ToJson());
        return model;

        void Add(string key, string text) => model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
    }

    /// <summary>Adds a node for each layer, and one that flattens the image before the first dense layer.</summary>
    private static IEnumerable<NodeProto> NodesOf(NetworkDefinition definition)
    {
        Queue<string> names = new(NetworkTensor.ParametersOf(definition).Select(tensor => tensor.Name));
        string signal = InputName;
        bool isFlat = false;
        for (int i = 0; i < definition.Layers.Count; i++)
        {
            LayerDefinition layer = definition.Layers[i];
            if (layer is DropoutDefinition)
            {
                continue;
            }

            if (layer is DenseDefinition && !isFlat)
            {
                yield return Node("Flatten", Int("axis", 1));
                isFlat = true;
            }

            yield return layer switch
            {
                DenseDefinition => Node("Gemm", Int("transB", 1)),
                ConvolutionDefinition convolution => Node("Conv", Square("kernel_shape", convolution.Kernel), Ints("pads", BordersOf(convolution))),
                PoolDefinition pool => Node("MaxPool", Square("kernel_shape", pool.Size), Square("strides", pool.Size)),
                BatchNormalizationDefinition => Node("BatchNormalization", Number("epsilon", NormalizationEpsilon)),
                ActivationDefinition { Function: Activation.LeakyRelu, Slope: var slope } => Node("LeakyRelu", Number("alpha", (float)slope)),
                ActivationDefinition activation => Node(activation.Function.ToString()),
                _ => throw new ArgumentException($"'{layer}' is no layer that is written here.", nameof(definition)),
            };

            NodeProto Node(string operation, params ReadOnlySpan<AttributeProto> attributes)
            {
                int count = operation == "Flatten" ? 0 : layer.ParametersFor(definition.Shapes[i]).Count;
                NodeProto node = NewNode(operation, $"{i}.{operation}", [signal, .. Enumerable.Range(0, count).Select(_ => names.Dequeue())], attributes);
                signal = node.Output[0];
                return node;
            }
        }

        if (!isFlat)
        {
            yield return NewNode("Flatten", "Flatten", [signal], Int("axis", 1));
        }
    }

    // The larger half of an odd sum is at the end.
    private static long[] BordersOf(ConvolutionDefinition convolution)
    {
        int border = convolution.IsSame ? convolution.Kernel - 1 : 0;
        int start = border / 2;
        return [start, start, border - start, border - start];
    }

    private static NodeProto NewNode(string operation, string output, string[] inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { Name = output, OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(output);
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        return node;
    }

    private static AttributeProto Int(string name, long number) => new() { Name = name, Type = AttributeType.Int, I = number };

    private static AttributeProto Ints(string name, params long[] numbers)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeType.Ints };
        attribute.Ints.Add(numbers);
        return attribute;
    }

    private static AttributeProto Square(string name, int size) => Ints(name, size, size);

    private static AttributeProto Number(string name, float number) => new() { Name = name, Type = AttributeType.Float, F = number };

    private static TensorProto Tensor(NetworkTensor tensor, double[] numbers, CancellationToken cancellation)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(sizeof(float) * numbers.Length);
        int end = 0;
        tensor.Encode(numbers, sizeof(float), Take, cancellation);
        TensorProto message = new() { Name = tensor.Name, DataType = (int)TensorProto.Types.DataType.Float, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        message.Dims.Add(tensor.Shape.Select(dimension => (long)dimension));
        return message;

        void Take(ReadOnlySpan<byte> piece)
        {
            piece.CopyTo(bytes.AsSpan(end));
            end += piece.Length;
        }
    }

    /// <summary>A float32 tensor for each of any number of images.</summary>
    private static ValueInfoProto Value(string name, string meaning, params ReadOnlySpan<int> shape)
    {
        TensorShapeProto dimensions = new();
        dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        foreach (int size in shape)
        {
            dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto
        {
            Name = name,
            DocString = meaning,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions } },
        };
    }
}
