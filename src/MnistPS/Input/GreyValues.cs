using System.Collections;
using MnistPS.Commands;

namespace MnistPS;

/// <summary>Grey values that a user puts in as a two-dimensional array, or as rows, as JSON has them.</summary>
/// <param name="Values">0 (black) to 255 (white), row by row.</param>
/// <param name="Width">Values a row.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct GreyValues(byte[] Values, int Width, int Height)
{
    /// <summary>Reads an array: whole numbers are grey values from 0 to 255, fractions go from 0 to 1.</summary>
    /// <param name="array">The array.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="values">The grey values.</param>
    /// <returns>Whether it has two dimensions.</returns>
    /// <exception cref="MnistException">Rows are not of one length (<c>UnevenRows</c>), or a number is none of these (<c>PixelOutOfRange</c>).</exception>
    public static bool TryRead(Array array, string name, out GreyValues values)
    {
        values = default;
        if (array.Rank == 2)
        {
            values = new GreyValues(Read(array, array.Length, name), array.GetLength(1), array.GetLength(0));
            return true;
        }

        if (array.Rank != 1 || array.Length == 0 || array.Cast<object?>().Any(row => row.Unwrap() is not IList))
        {
            return false;
        }

        IList[] rows = [.. array.Cast<object?>().Select(row => (IList)row.Unwrap()!)];
        if (rows.FirstOrDefault(row => row.Count != rows[0].Count) is { } uneven)
        {
            throw new MnistException(nameof(Messages.UnevenRows), Fault.InvalidData,
                string.Format(Messages.Culture, Messages.UnevenRows, Array.IndexOf(rows, uneven), uneven.Count, rows[0].Count, name), array);
        }

        values = new GreyValues(Read(rows.SelectMany(row => row.Cast<object?>()), rows.Length * rows[0].Count, name), rows[0].Count, rows.Length);
        return true;
    }

    private static byte[] Read(IEnumerable items, int count, string name)
    {
        if (items is byte[,] bytes)
        {
            byte[] copy = new byte[count];
            Buffer.BlockCopy(bytes, 0, copy, 0, count);
            return copy;
        }

        byte[] values = new byte[count];
        int i = 0;
        foreach (object? item in items)
        {
            values[i] = ReadOne(item.Unwrap(), i, name);
            i++;
        }

        return values;
    }

    private static byte ReadOne(object? item, int position, string name)
    {
        try
        {
            if (item is double or float or decimal or Half)
            {
                if (NumberReader.TryRead(item, out double share) && share is >= 0 and <= 1)
                {
                    return (byte)Math.Round(share * byte.MaxValue);
                }
            }
            else if (NumberReader.TryRead(item, out int value) && value is >= 0 and <= byte.MaxValue)
            {
                return (byte)value;
            }
        }
        catch (FormatException e)
        {
            throw Refused(item, position, name, e);
        }

        throw Refused(item, position, name, null);
    }

    private static MnistException Refused(object? item, int position, string name, Exception? cause)
        => new("PixelOutOfRange", Fault.InvalidData, string.Format(Messages.Culture, Messages.NotAGreyValue, position, item ?? "null", name), item, cause);
}
