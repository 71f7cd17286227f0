using System.Management.Automation;

namespace MnistPS;

/// <summary>The copies that jobs, remoting and Export-Clixml make of objects: what is shown of them, without their types.</summary>
internal static class DeserializedObject
{
    private const string Prefix = "Deserialized.MnistPS.";

    /// <summary>The name of the module's type that a value is such a copy of, or null if it is none.</summary>
    public static string? TypeOf(object? value)
        => (value as PSObject)?.TypeNames.FirstOrDefault(name => name.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];

    /// <summary>What is to be said of a value that is such a copy, or null if it is none.</summary>
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
