using System.Collections;
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
    {
        foreach (object? item in inputData.Unwrap() as IList ?? new[] { inputData })
        {
            if (DeserializedObject.TypeOf(item) == typeof(T).Name)
            {
                throw new ArgumentTransformationMetadataException(DeserializedObject.Explain(item));
            }
        }

        return inputData;
    }
}
