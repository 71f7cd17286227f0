using System.Management.Automation;

namespace MnistPS;

/// <summary>An argument transformation that refuses deserialized copies with a clear message. The engine's own message names types alone.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LiveObjectAttribute<T> : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is a deserialized copy.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => DeserializedObject.TypeOf(inputData) == typeof(T).Name
            ? throw new ArgumentTransformationMetadataException(DeserializedObject.Explain(inputData))
            : inputData;
}
