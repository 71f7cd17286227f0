using System.Collections;
using System.Management.Automation;

namespace MnistPS;

/// <summary>
/// Takes the words of an enumeration from a string that has several, separated by commas, as other shells hand them over. PowerShell itself
/// would add their numbers up, and so make another word of them.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordsAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes more than one word.</summary>
    public bool Many { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">There are several words where one was expected.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch (inputData.Unwrap())
        {
            case string text when text.Contains(',', StringComparison.Ordinal):
                return Many ? text.Split(',', StringSplitOptions.TrimEntries) : throw ManyWords(text);
            case IList { Count: > 1 } list when !Many:
                throw ManyWords(string.Join(", ", list.Cast<object?>()));
            default:
                return inputData;
        }
    }

    private static ArgumentTransformationMetadataException ManyWords(string words)
        => new(string.Format(Messages.Culture, Messages.ManyWords, words));
}
