using System.Management.Automation;

namespace MnistPS;

/// <summary>An argument transformation that refuses a script block for a path. The engine would use its text as the path.</summary>
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
