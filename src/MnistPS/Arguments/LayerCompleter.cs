using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MnistPS;

/// <summary>The argument completer of <c>-Layer</c>.</summary>
public sealed class LayerCompleter : IArgumentCompleter
{
    private static readonly (string Word, string Meaning)[] _layers =
    [
        ("conv 8x5", "a convolution of 8 filters of 5 by 5"),
        ("conv 8x5 same", "the same, keeping the size of its input"),
        ("pool 2", "the largest of each 2 by 2 window"),
        ("dense 10", "10 fully connected units"),
        ("relu", "max(x, 0)"),
        ("leakyrelu", "x where it is positive, else a hundredth of it"),
        ("leakyrelu 0.2", "the same, with a slope of 0.2"),
        ("tanh", "the hyperbolic tangent"),
        ("sigmoid", "1 / (1 + exp(-x))"),
        ("dropout 0.5", "drops half of the units in training"),
        ("batchnorm", "normalises each channel over the batch"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string begun = (wordToComplete ?? "").Trim('\'', '"');
        return _layers
            .Where(layer => layer.Word.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(layer => new CompletionResult(
                layer.Word.Contains(' ', StringComparison.Ordinal) ? $"'{layer.Word}'" : layer.Word,
                layer.Word, CompletionResultType.ParameterValue, layer.Meaning));
    }
}
