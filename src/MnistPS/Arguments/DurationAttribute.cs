using System.Globalization;
using System.Management.Automation;

namespace MnistPS;

/// <summary>
/// An argument transformation that refuses a bare number for a duration. PowerShell would read a number as units of 100 ns, and its text as days.
/// </summary>
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
