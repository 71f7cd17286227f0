using System.Collections;
using System.Management.Automation;

namespace MnistPS;

/// <summary>
/// An argument transformation that splits enum names in strings at commas, as other shells pass lists. PowerShell itself would combine their values to
/// another name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EnumNameAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter is a list.</summary>
    public bool Many { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">There are several names for a single value.</exception>
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
