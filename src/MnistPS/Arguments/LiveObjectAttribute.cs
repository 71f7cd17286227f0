using System.Collections;
using System.Management.Automation;

namespace MnistPS;

/// <summary>Refuses a copy of an object that came out of a job, remoting or a file, and says so. The engine would speak of types alone.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LiveObjectAttribute<T> : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is such a copy.</exception>
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
