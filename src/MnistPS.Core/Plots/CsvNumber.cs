using System.Globalization;

namespace MnistPS.Plots;

/// <summary>Numbers as they stand in a file that Export-Csv wrote, in whatever culture: <c>0.83</c> and <c>0,83</c>.</summary>
internal static class CsvNumber
{
    /// <summary>Reads a number.</summary>
    /// <param name="value">A number or a text. A text has one decimal mark at most, point or comma, and no marks between thousands.</param>
    /// <param name="number">The number, or null where there is none: null, or an empty text.</param>
    /// <returns>Whether it is a number or none.</returns>
    public static bool TryParse(object? value, out double? number)
    {
        number = null;
        switch (value)
        {
            case null:
                return true;
            case string text:
                return TryParse(text.Trim(), out number);
            case double or float or decimal or Half or int or long or short or byte or uint or ulong or ushort or sbyte:
                number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return true;
            default:
                return false;
        }
    }

    private static bool TryParse(string text, out double? number)
    {
        number = text switch
        {
            "∞" => double.PositiveInfinity,
            "-∞" => double.NegativeInfinity,
            _ => null,
        };
        if (text.Length == 0 || number is not null)
        {
            return true;
        }

        // With both marks, or with two of one, nobody can tell which is which.
        bool isPlain = text.AsSpan().Count(',') + text.AsSpan().Count('.') <= 1;
        if (isPlain && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed))
        {
            number = parsed;
            return true;
        }

        return false;
    }
}
