using System.Collections;
using System.Management.Automation;

namespace MnistPS;

/// <summary>
/// Takes the words of an enumeration from strings that have several, separated by commas, as other shells hand them over. PowerShell itself
/// would add their numbers up, and so make another word of them.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EnumNameAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes more than one word.</summary>
    public bool Many { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">There are several words where one was expected.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        IList given = inputData.Unwrap() as IList ?? new[] { inputData };
        object?[] words = [.. given.Cast<object?>().SelectMany(Split)];
        return words.Length == given.Count && (Many || words.Length < 2) ? inputData
            : Many ? words
            : throw ManyWords(string.Join(", ", words));
    }

    private static IEnumerable<object?> Split(object? item)
        => item.Unwrap() is string text ? text.Split(',', StringSplitOptions.TrimEntries) : [item];

    private static ArgumentTransformationMetadataException ManyWords(string words)
        => new(string.Format(Messages.Culture, Messages.ManyWords, words));
}
