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

        // .NET finds the same shortest digits, but turns to an exponent from 1e15 on already.
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (shortest.EndsWith("E+15", StringComparison.Ordinal))
        {
            const int Whole = 16;
            string digits = shortest[..^4].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).PadRight(Whole + 1, '0');
            return $"{(value < 0 ? "-" : "")}{digits[..Whole]}.{digits[Whole..]}";
        }

        return shortest.AsSpan().ContainsAny('.', 'E') ? shortest.Replace('E', 'e') : shortest + ".0";
    }

    /// <summary>The first characters of <see cref="Format"/>: Python's <c>str(value)[0:length]</c>.</summary>
    public static string Cut(double value, int length)
    {
        string text = Format(value);
        return text.Length <= length ? text : text[..length];
    }
}
