using System.Globalization;
using System.Management.Automation;
using System.Numerics;

namespace MnistPS;

/// <summary>
/// Reads numbers the same way in every culture. PowerShell's own conversion drops commas, rounds fractions, and converts null, booleans and characters.
/// </summary>
internal static class NumberReader
{
    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">The numeric type; an integer type takes whole numbers only.</typeparam>
    /// <param name="value">A number, or a string in the invariant culture.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether it was read; other types are left to the engine.</returns>
    /// <exception cref="FormatException">It is no such number; the message says how PowerShell would read it, and what was expected.</exception>
    public static bool TryRead<T>(object? value, out T number)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        object? bare = value.Unwrap();
        number = default;
        switch (bare)
        {
            case null or DBNull:
                throw Refused<T>(bare, Messages.NoNumber);
            case bool or SwitchParameter or Enum:
                throw Refused<T>(bare, Messages.NotANumber);
            case char letter:
                number = Parse<T>(letter.ToString(), bare);
                return true;
            case string text:
                number = Parse<T>(text, bare);
                return true;
            case double or float:
                number = FromDouble<T>(Convert.ToDouble(bare, CultureInfo.InvariantCulture), bare);
                return true;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                number = FromDecimal<T>(Convert.ToDecimal(bare, CultureInfo.InvariantCulture), bare);
                return true;
            default:
                return false;
        }
    }

    private static bool IsWhole<T>()
        where T : INumber<T> => T.CreateTruncating(0.5) == T.Zero;

    private static T Parse<T>(string text, object given)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refused<T>(given, Messages.NoNumber);
        }

        if (text.Contains(',', StringComparison.Ordinal))
        {
            string pointed = text.Trim().Replace(',', '.');
            bool isFraction = !IsWhole<T>() && double.TryParse(pointed, CultureInfo.InvariantCulture, out _);
            throw Refused<T>(given, isFraction ? Messages.CommaInNumber : Messages.CommaInWholeNumber, pointed);
        }

        // A decimal holds every digit of a 64-bit integer.
        if (IsWhole<T>() && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact))
        {
            return FromDecimal<T>(exact, given);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? FromDouble<T>(number, given)
            : throw Refused<T>(given, Messages.NotANumber);
    }

    private static T FromDecimal<T>(decimal number, object given)
        where T : struct, INumber<T>, IMinMaxValue<T>
        => IsWhole<T>() && number != decimal.Truncate(number) ? throw Fraction<T>(given) : Create<T, decimal>(number, given);

    private static T FromDouble<T>(double number, object given)
        where T : struct, INumber<T>, IMinMaxValue<T>
        => IsWhole<T>() && number != Math.Floor(number) ? throw Fraction<T>(given) : Create<T, double>(number, given);

    private static T Create<T, TFrom>(TFrom number, object given)
        where T : struct, INumber<T>, IMinMaxValue<T>
        where TFrom : INumberBase<TFrom>
    {
        try
        {
            return T.CreateChecked(number);
        }
        catch (OverflowException)
        {
            throw Refused<T>(given, Messages.NumberOutOfRange, FormattableString.Invariant($"{T.MinValue}"), FormattableString.Invariant($"{T.MaxValue}"));
        }
    }

    private static FormatException Fraction<T>(object given) => Refused<T>(given, Messages.NotAWholeNumber);

    /// <summary>The error message: the argument, how PowerShell would read it, what was expected.</summary>
    private static FormatException Refused<T>(object? given, string expected, params string[] more)
    {
        string shown = given switch
        {
            null or DBNull => Messages.Nothing,
            string or char => $"'{given}'",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => given.ToString()!,
        };
        string read = LanguagePrimitives.TryConvertTo(given, typeof(T), CultureInfo.InvariantCulture, out object taken)
            ? string.Format(CultureInfo.InvariantCulture, Messages.WouldBeRead, taken)
            : "";
        return new FormatException($"{shown} {string.Format(CultureInfo.InvariantCulture, expected, [.. more.Prepend(shown)])}{read}");
    }
}
