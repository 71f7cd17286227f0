using System.Globalization;
using System.Management.Automation;

namespace MnistPS;

/// <summary>Refuses a bare number where a duration is wanted: as a number it would count units of 100 ns, and as text days.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is a number.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Unwrap();
        return value is TimeSpan || !double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out _)
            ? inputData
            : throw new ArgumentTransformationMetadataException(string.Format(Messages.Culture, Messages.BareNumber, value));
    }
}
