using System.Globalization;

namespace MnistPS;

/// <summary>Numbers as Python's <c>str</c> writes them, for the document's log.</summary>
internal static class PythonFloat
{
    /// <summary>
    /// The shortest digits that read back as the same number, with a point or an exponent: 0.5, 1.0, 1e-05, 1e+16. Python turns to an
    /// exponent below 1e-4 and from 1e16 on (https://docs.python.org/3/library/stdtypes.html, and <c>float.__repr__</c>).
    /// </summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        // d.ddd…E±ddd with all digits there are.
        string[] parts = value.ToString("E16", CultureInfo.InvariantCulture).Split('E');
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (value != 0 && (exponent < -4 || exponent >= 16))
        {
            string digits = Digits(shortest);
            string mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
            return $"{(value < 0 ? "-" : "")}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        string plain = shortest.Contains('E', StringComparison.Ordinal) ? value.ToString("F0", CultureInfo.InvariantCulture) : shortest;
        return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
    }

    /// <summary>The first characters of <see cref="Format"/>: Python's <c>str(value)[0:length]</c>.</summary>
    public static string Cut(double value, int length)
    {
        string text = Format(value);
        return text.Length <= length ? text : text[..length];
    }

    /// <summary>The significant digits of a number, without sign, point, exponent or zeros around them.</summary>
    private static string Digits(string number)
        => number.Split('E')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
}
