using System.Management.Automation;

namespace MnistPS;

/// <summary>
/// Refuses what a serializer has left of a network where the module was not loaded: the engine would make a network of it for this one call,
/// and what that learns would be lost.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotDeserializedAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is one.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => inputData is PSObject { BaseObject: PSCustomObject } remains && remains.TypeNames.Contains("Deserialized.MnistPS.MnistNetwork")
            ? throw new ArgumentTransformationMetadataException(Messages.DeserializedNetwork)
            : inputData;
}
