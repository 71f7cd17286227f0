using Onnx;
using static Onnx.AttributeProto.Types;

namespace MnistPS.Onnx;

/// <summary>A node of a model: its operator, attributes, inputs and outputs.</summary>
/// <param name="message">The message of the node.</param>
/// <param name="index">Its index among the nodes.</param>
internal sealed class Node(NodeProto message, int index)
{
    private const int LongestName = 100;

    /// <summary>The operator, such as <c>Gemm</c>, with its domain in front if that is not ONNX's.</summary>
    public string Operator => message.Domain is "" or "ai.onnx" ? message.OpType : $"{message.Domain}.{message.OpType}";

    /// <summary>The names of its inputs; empty for an omitted one.</summary>
    public IReadOnlyList<string> Inputs => message.Input;

    /// <summary>The names of its outputs.</summary>
    public IReadOnlyList<string> Outputs => message.Output;

    /// <summary>The name of an input, or null if it is omitted.</summary>
    public string? Input(int i) => i < message.Input.Count && message.Input[i].Length > 0 ? message.Input[i] : null;

    /// <summary>An integer attribute, or its default.</summary>
    public long Int(string name, long otherwise) => Find(name, AttributeType.Int)?.I ?? otherwise;

    /// <summary>A float attribute, or its default.</summary>
    public double Float(string name, double otherwise) => Find(name, AttributeType.Float)?.F ?? otherwise;

    /// <summary>An attribute of integers, or null.</summary>
    public long[]? Ints(string name) => Find(name, AttributeType.Ints)?.Ints.ToArray();

    /// <summary>A string attribute, or null.</summary>
    public string? Text(string name) => Find(name, AttributeType.String)?.S.ToStringUtf8();

    /// <summary>A tensor attribute, or null.</summary>
    public TensorProto? Tensor(string name) => Find(name, AttributeType.Tensor)?.T;

    /// <summary>An attribute with another name than these, or null. An unknown attribute can change the operation.</summary>
    public string? AttributeBeside(params ReadOnlySpan<string> known)
    {
        foreach (AttributeProto attribute in message.Attribute)
        {
            if (!known.Contains(attribute.Name))
            {
                return attribute.Name;
            }
        }

        return null;
    }

    /// <summary>The node in a message, such as <c>node 'conv1' (Conv)</c>.</summary>
    public override string ToString() => $"node {(message.Name.Length > 0 ? $"'{Shortened(message.Name)}'" : index)} ({Shortened(Operator)})";

    /// <summary>A name, shortened for a message.</summary>
    public static string Shortened(string text) => text.Length > LongestName ? $"{text.AsSpan(0, LongestName)}…" : text;

    private AttributeProto? Find(string name, AttributeType type)
    {
        AttributeProto? found = message.Attribute.FirstOrDefault(attribute => attribute.Name == name);

        // The first versions of the format have no type.
        return found is null || found.Type == type || found.Type == AttributeType.Undefined
            ? found
            : throw new FormatException($"Its {this} has an attribute '{name}' of type {found.Type}; {type} was expected.");
    }
}
