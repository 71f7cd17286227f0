using System.Runtime.InteropServices;
using System.Text;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Benchmarks;

/// <summary>
/// Writes a network of convolutions, pools, batch normalizations, ReLUs and dense layers as an ONNX model, so that ONNX Runtime reads the same images with
/// the same weights. Dropout is the identity in inference and left out. Field numbers are those of onnx.proto3 (ONNX 1.13, operator set 13).
/// </summary>
internal static class OnnxModel
{
    public const string Input = "images";
    public const string Output = "outputs";

    /// <summary>The model's bytes. Its input is (n, 1, 28, 28), its output (n, 10).</summary>
    public static byte[] Write(MnistNetwork network)
    {
        MemoryStream graph = new();
        NetworkDefinition definition = network.Definition;
        LayerDefinition[] layers = [.. definition.Layers.Where(layer => layer is not DropoutDefinition)];
        Queue<double[]> values = new(network.State.Values);
        string signal = Input;
        bool isFlat = false;
        for (int i = 0; i < layers.Length; i++)
        {
            string name = i == layers.Length - 1 ? Output : $"layer{i}";
            switch (layers[i])
            {
                case DenseDefinition dense:
                    if (!isFlat)
                    {
                        AddNode(graph, "Flatten", $"flat{i}", [signal]);
                        signal = $"flat{i}";
                        isFlat = true;
                    }

                    double[] matrix = values.Dequeue();
                    AddTensor(graph, $"w{i}", [matrix.Length / dense.Units, dense.Units], matrix);
                    AddTensor(graph, $"b{i}", [dense.Units], values.Dequeue());
                    AddNode(graph, "Gemm", name, [signal, $"w{i}", $"b{i}"]);
                    break;
                case ConvolutionDefinition convolution:
                    double[] filters = values.Dequeue();
                    int channels = filters.Length / (convolution.Filters * convolution.Kernel * convolution.Kernel);
                    AddTensor(graph, $"w{i}", [convolution.Filters, channels, convolution.Kernel, convolution.Kernel], filters);
                    AddTensor(graph, $"b{i}", [convolution.Filters], values.Dequeue());
                    AddNode(graph, "Conv", name, [signal, $"w{i}", $"b{i}"]);
                    break;
                case PoolDefinition pool:
                    AddNode(graph, "MaxPool", name, [signal], ("kernel_shape", pool.Size), ("strides", pool.Size));
                    break;
                case BatchNormalizationDefinition:
                    string[] numbers = [$"scale{i}", $"shift{i}", $"mean{i}", $"variance{i}"];
                    foreach (string tensor in numbers)
                    {
                        double[] ofChannels = values.Dequeue();
                        AddTensor(graph, tensor, [ofChannels.Length], ofChannels);
                    }

                    AddNode(graph, "BatchNormalization", name, [signal, .. numbers]);
                    break;
                case ActivationDefinition { Function: Activation.Relu }:
                    AddNode(graph, "Relu", name, [signal]);
                    break;
                default:
                    throw new ArgumentException($"'{layers[i]}' is no layer that is written here.", nameof(network));
            }

            signal = name;
        }

        WriteText(graph, 2, "network");
        WriteMessage(graph, 11, ValueInfo(Input, 1, MnistImage.Side, MnistImage.Side));
        WriteMessage(graph, 12, ValueInfo(Output, 10));

        MemoryStream operators = new();
        WriteNumber(operators, 2, 13);
        MemoryStream model = new();
        WriteNumber(model, 1, 8);
        WriteMessage(model, 8, operators);
        WriteMessage(model, 7, graph);
        return model.ToArray();
    }

    private static void AddNode(
        MemoryStream graph, string operation, string output, string[] inputs, params ReadOnlySpan<(string Name, int Size)> squares)
    {
        MemoryStream node = new();
        foreach (string input in inputs)
        {
            WriteText(node, 1, input);
        }

        WriteText(node, 2, output);
        WriteText(node, 4, operation);
        foreach ((string name, int size) in squares)
        {
            // A list of integers (type 7): rows and columns.
            MemoryStream attribute = new();
            WriteText(attribute, 1, name);
            WriteNumber(attribute, 8, size);
            WriteNumber(attribute, 8, size);
            WriteNumber(attribute, 20, 7);
            WriteMessage(node, 5, attribute);
        }

        WriteMessage(graph, 1, node);
    }

    private static void AddTensor(MemoryStream graph, string name, int[] shape, double[] values)
    {
        MemoryStream tensor = new();
        foreach (int size in shape)
        {
            WriteNumber(tensor, 1, size);
        }

        // float, as raw little-endian bytes.
        WriteNumber(tensor, 2, 1);
        WriteText(tensor, 8, name);
        float[] singles = [.. values.Select(value => (float)value)];
        WriteBytes(tensor, 9, MemoryMarshal.AsBytes<float>(singles));
        WriteMessage(graph, 5, tensor);
    }

    /// <summary>A float tensor whose first dimension is open.</summary>
    private static MemoryStream ValueInfo(string name, params ReadOnlySpan<int> shape)
    {
        MemoryStream dimensions = new();
        MemoryStream open = new();
        WriteText(open, 2, "n");
        WriteMessage(dimensions, 1, open);
        foreach (int size in shape)
        {
            MemoryStream dimension = new();
            WriteNumber(dimension, 1, size);
            WriteMessage(dimensions, 1, dimension);
        }

        MemoryStream tensor = new();
        WriteNumber(tensor, 1, 1);
        WriteMessage(tensor, 2, dimensions);
        MemoryStream type = new();
        WriteMessage(type, 1, tensor);
        MemoryStream info = new();
        WriteText(info, 1, name);
        WriteMessage(info, 2, type);
        return info;
    }

    // Protocol Buffers: a field is its number and kind, then a varint (kind 0) or a length and bytes (kind 2).
    private static void WriteNumber(MemoryStream target, int field, long value)
    {
        WriteVariable(target, (ulong)field << 3);
        WriteVariable(target, (ulong)value);
    }

    private static void WriteBytes(MemoryStream target, int field, ReadOnlySpan<byte> bytes)
    {
        WriteVariable(target, ((ulong)field << 3) | 2);
        WriteVariable(target, (ulong)bytes.Length);
        target.Write(bytes);
    }

    private static void WriteText(MemoryStream target, int field, string text) => WriteBytes(target, field, Encoding.UTF8.GetBytes(text));

    private static void WriteMessage(MemoryStream target, int field, MemoryStream message) => WriteBytes(target, field, message.ToArray());

    private static void WriteVariable(MemoryStream target, ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            target.WriteByte((byte)(value | 0x80));
        }

        target.WriteByte((byte)value);
    }
}
