using System.Management.Automation;

namespace MnistPS;

/// <summary>Refuses a script block where a path is wanted: its text would be taken for the name of a file.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is a script block.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => inputData.Unwrap() is ScriptBlock block
            ? throw new ArgumentTransformationMetadataException(string.Format(Messages.Culture, Messages.ScriptBlockPath, block))
            : inputData;
}
