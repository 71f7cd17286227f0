using System.Management.Automation;
using System.Numerics;

namespace MnistPS;

/// <summary>
/// An argument transformation that reads a number (<see cref="NumberReader"/>). Every numeric parameter has it. An optional parameter is nullable;
/// null means that it was not given.
/// </summary>
/// <typeparam name="T">The numeric type.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberAttribute<T> : ArgumentTransformationAttribute
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is no such number.</exception>
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
