using System.Collections;
using System.Management.Automation;
using System.Numerics;

namespace MnistPS;

/// <summary>
/// An argument transformation that reads a list of numbers (<see cref="NumberReader"/>). A string may hold several with commas between them, as other
/// shells pass lists.
/// </summary>
/// <typeparam name="T">The numeric type.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumbersAttribute<T> : ArgumentTransformationAttribute
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">One is no such number.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = inputData.Unwrap();
        if (given is null or T[])
        {
            return inputData;
        }

        List<T> numbers = [];
        try
        {
            foreach (object? item in given as IList ?? new[] { given })
            {
                foreach (object? part in Split(item.Unwrap()))
                {
                    if (!NumberReader.TryRead(part, out T number))
                    {
                        return inputData;
                    }

                    numbers.Add(number);
                }
            }
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }

        return numbers.ToArray();
    }

    private static object?[] Split(object? item)
    {
        if (item is not string text || !text.Contains(',', StringComparison.Ordinal))
        {
            return [item];
        }

        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);

        // A part such as 024 is the thousands group of 1,024, not a number of its own.
        return Array.Find(parts, part => part.Length > 1 && part[0] == '0' && char.IsAsciiDigit(part[1])) is { } group
            ? throw new FormatException(string.Format(Messages.Culture, Messages.NumberGroup, text, group))
            : parts;
    }
}
