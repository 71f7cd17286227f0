using System.Collections;
using System.Management.Automation;
using System.Numerics;

namespace MnistPS;

/// <summary>
/// Reads the numbers of a parameter that is a list of them as they were meant (<see cref="NumberReader"/>). A string may hold several with commas between
/// them, as other shells hand a list over.
/// </summary>
/// <typeparam name="T">The parameter's numbers.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumbersAttribute<T> : ArgumentTransformationAttribute
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">One of them cannot be meant as such a number.</exception>
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

        // Nobody writes 24 so, but the thousands of 1,024.
        return Array.Find(parts, part => part.Length > 1 && part[0] == '0' && char.IsAsciiDigit(part[1])) is { } group
            ? throw new FormatException(string.Format(Messages.Culture, Messages.NumberGroup, text, group))
            : parts;
    }
}
