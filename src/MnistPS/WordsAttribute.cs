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
        if (inputData.Unwrap() is not string text || !text.Contains(',', StringComparison.Ordinal))
        {
            return inputData;
        }

        return Many
            ? text.Split(',', StringSplitOptions.TrimEntries)
            : throw new ArgumentTransformationMetadataException(string.Format(Messages.Culture, Messages.ManyWords, text));
    }
}
