using System.Management.Automation;

namespace MnistPS;

/// <summary>Deserialized copies of objects, from jobs, remoting or Export-Clixml: properties without the type.</summary>
internal static class DeserializedObject
{
    private const string Prefix = "Deserialized.MnistPS.";

    /// <summary>The module's type that a value is a deserialized copy of, or null.</summary>
    public static string? TypeOf(object? value)
        => (value as PSObject)?.TypeNames.FirstOrDefault(name => name.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];

    /// <summary>The error message for a deserialized copy, or null.</summary>
    public static string? Explain(object? value)
    {
        string? type = TypeOf(value);
        return type is null
            ? null
            : string.Format(Messages.Culture, Messages.DeserializedObject, type, type switch
            {
                nameof(MnistNetwork) => Messages.InsteadOfNetworkCopy,
                nameof(MnistDataset) or nameof(ImageSet) => Messages.InsteadOfDatasetCopy,
                _ => Messages.InsteadOfImageCopy,
            });
    }
}
