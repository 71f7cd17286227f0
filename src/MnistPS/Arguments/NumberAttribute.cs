using System.Management.Automation;
using System.Numerics;

namespace MnistPS;

/// <summary>
/// Reads the number of a parameter as it was meant (<see cref="NumberReader"/>). Every parameter that is a number has it; null stands for one that was
/// not given, so a parameter that may be left out is nullable.
/// </summary>
/// <typeparam name="T">The parameter's number.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberAttribute<T> : ArgumentTransformationAttribute
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It cannot be meant as such a number.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData is null)
        {
            return null;
        }

        try
        {
            return NumberReader.TryRead(inputData, out T number) ? number : inputData;
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
