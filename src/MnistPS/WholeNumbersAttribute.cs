using System.Collections;
using System.Management.Automation;

namespace MnistPS;

/// <summary>Refuses fractions and truth values where whole numbers are wanted, which the engine would round and count.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumbersAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">One of them is no whole number.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        foreach (object? item in inputData.Unwrap() as IList ?? new[] { inputData })
        {
            object? value = item.Unwrap();
            if (value is bool || (LanguagePrimitives.TryConvertTo(value, out double number) && number != Math.Floor(number)))
            {
                throw new ArgumentTransformationMetadataException(string.Format(Messages.Culture, Messages.NotAWholeNumber, value));
            }
        }

        return inputData;
    }
}
