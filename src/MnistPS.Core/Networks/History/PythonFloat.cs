using System.Globalization;

namespace MnistPS;

/// <summary>Floating-point numbers as Python's <c>str</c> writes them, for the tutorial's log.</summary>
internal static class PythonFloat
{
    // The tutorial's slice.
    private const int CutLength = 5;

    /// <summary>
    /// The shortest digits that round-trip, with a point or an exponent: 0.5, 1.0, 1e-05, 1e+16. Python uses an exponent below 1e-4 and from 1e16 on
    /// (https://docs.python.org/3/library/stdtypes.html, and <c>float.__repr__</c>).
    /// </summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        // .NET finds the same shortest digits, but places the point and the exponent differently.
        string[] parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        string all = parts[0].Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        int exponent = (point < 0 ? all.Length : point) - (all.Length - digits.Length) - 1
            + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');

        string sign = double.IsNegative(value) ? "-" : "";
        return exponent switch
        {
            _ when digits.Length == 0 => $"{sign}0.0",
            >= 0 and < 16 => $"{sign}{digits.PadRight(exponent + 2, '0').Insert(exponent + 1, ".")}",
            < 0 and >= -4 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ => $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}",
        };
    }

    /// <summary>
    /// Python's <c>str(value)[0:5]</c>, as the tutorial truncates its errors, from 1e-4 up to 100 000, exclusive, and 0. Elsewhere that would lose the
    /// exponent or whole digits, so the value has four digits and an exponent, Python's <c>f"{value:.3e}"</c>.
    /// </summary>
    public static string Cut(double value)
    {
        if (double.IsFinite(value) && value != 0 && Math.Abs(value) is < 1e-4 or >= 1e5)
        {
            return value.ToString("0.000e+00", CultureInfo.InvariantCulture);
        }

        string text = Format(value);
        return text.Length <= CutLength ? text : text[..CutLength];
    }
}
