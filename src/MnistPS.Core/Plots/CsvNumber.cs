using System.Globalization;

namespace MnistPS.Plots;

/// <summary>Numbers in a file of Export-Csv in any culture: <c>0.83</c> and <c>0,83</c>.</summary>
internal static class CsvNumber
{
    /// <summary>Parses a number.</summary>
    /// <param name="value">A number or a string. A string has at most one decimal separator, point or comma, and no thousands separators.</param>
    /// <param name="number">The number; null for null or an empty string.</param>
    /// <returns>Whether it is a number, null or empty.</returns>
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

        // With both separators, or one of them twice, it is ambiguous.
        bool isPlain = text.AsSpan().Count(',') + text.AsSpan().Count('.') <= 1;
        if (isPlain && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed))
        {
            number = parsed;
            return true;
        }

        return false;
    }
}
