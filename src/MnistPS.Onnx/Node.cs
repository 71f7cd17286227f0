using Onnx;
using static Onnx.AttributeProto.Types;

namespace MnistPS.Onnx;

/// <summary>A node of a model: what it does to what.</summary>
/// <param name="message">The node as the file has it.</param>
/// <param name="index">Its place among the nodes.</param>
internal sealed class Node(NodeProto message, int index)
{
    private const int LongestName = 100;

    /// <summary>The operator, such as <c>Gemm</c>; of other sets than ONNX's own with that before it.</summary>
    public string Operator => message.Domain is "" or "ai.onnx" ? message.OpType : $"{message.Domain}.{message.OpType}";

    /// <summary>The names of what it takes; an input that is left out has none.</summary>
    public IReadOnlyList<string> Inputs => message.Input;

    /// <summary>The names of what it gives.</summary>
    public IReadOnlyList<string> Outputs => message.Output;

    /// <summary>The name of an input, or null if it is left out.</summary>
    public string? Input(int i) => i < message.Input.Count && message.Input[i].Length > 0 ? message.Input[i] : null;

    /// <summary>A whole number, or what it is where the file does not say.</summary>
    public long Int(string name, long otherwise) => Find(name, AttributeType.Int)?.I ?? otherwise;

    /// <summary>A number, or what it is where the file does not say.</summary>
    public double Float(string name, double otherwise) => Find(name, AttributeType.Float)?.F ?? otherwise;

    /// <summary>Whole numbers, or null.</summary>
    public long[]? Ints(string name) => Find(name, AttributeType.Ints)?.Ints.ToArray();

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => Find(name, AttributeType.String)?.S.ToStringUtf8();

    /// <summary>A tensor, or null.</summary>
    public TensorProto? Tensor(string name) => Find(name, AttributeType.Tensor)?.T;

    /// <summary>An attribute that is not among those, or null: one that nobody looks at could change what the node does.</summary>
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

    /// <summary>The node as a message tells it, such as <c>node 'conv1' (Conv)</c>.</summary>
    public override string ToString() => $"node {(message.Name.Length > 0 ? $"'{Shortened(message.Name)}'" : index)} ({Shortened(Operator)})";

    /// <summary>As much of a name as a message can have.</summary>
    public static string Shortened(string text) => text.Length > LongestName ? $"{text.AsSpan(0, LongestName)}…" : text;

    private AttributeProto? Find(string name, AttributeType type)
    {
        AttributeProto? found = message.Attribute.FirstOrDefault(attribute => attribute.Name == name);

        // The first versions of the format did not write the type.
        return found is null || found.Type == type || found.Type == AttributeType.Undefined
            ? found
            : throw new FormatException($"Its {this} has an attribute '{name}' of type {found.Type}; {type} was expected.");
    }
}
