using System.Globalization;

namespace MnistPS.Tests;

/// <summary>Numbers as Python's str() writes them (python-float.json, made by python_float.py).</summary>
public sealed class PythonFloatTests
{
    private static readonly PythonNumber[] _numbers = Facts.Read<PythonNumber[]>("python-float.json");

    [Fact]
    public void EveryNumberIsWrittenAsPythonWritesIt()
        => Assert.All(_numbers, number => Assert.Equal(number.Text, PythonFloat.Format(number.Value)));

    [Fact]
    public void ACutIsThePythonStringsStartWhereThatIsTrue()
    {
        PythonNumber[] within = [.. _numbers.Where(number => !double.IsFinite(number.Value) || number.Value == 0 || Math.Abs(number.Value) is >= 1e-4 and < 1e5)];
        Assert.NotInRange(within.Length, 0, 50);
        Assert.All(within, number => Assert.Equal(number.Text[..Math.Min(5, number.Text.Length)], PythonFloat.Cut(number.Value)));
    }

    // Four digits give a number to half a thousandth of it. The largest ones are rounded beyond the range of double.
    [Fact]
    public void OutsideTheNumberIsToldTruly()
    {
        PythonNumber[] outside = [.. _numbers.Where(number => Math.Abs(number.Value) < 1.797e308 && number.Value != 0 && Math.Abs(number.Value) is < 1e-4 or >= 1e5)];
        Assert.NotInRange(outside.Length, 0, 50);
        Assert.All(outside, number =>
        {
            double read = double.Parse(PythonFloat.Cut(number.Value), CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(read - number.Value) <= 5.01e-4 * Math.Abs(number.Value) + double.Epsilon, $"{number.Text} is told as {read}");
        });
    }

    [Theory]
    [InlineData(7.775e-08, "7.775e-08")]
    [InlineData(5.256e+20, "5.256e+20")]
    [InlineData(0.0001, "0.000")]
    [InlineData(0.0000999, "9.990e-05")]
    [InlineData(99999.99, "99999")]
    [InlineData(100000, "1.000e+05")]
    [InlineData(-123456.7, "-1.235e+05")]
    [InlineData(0.898, "0.898")]
    [InlineData(0, "0.0")]
    public void ACutKeepsTheExponent(double value, string text) => Assert.Equal(text, PythonFloat.Cut(value));

    [Fact]
    public void TheCultureOfTheThreadHasNoSayInIt()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("0.68", PythonFloat.Format(0.68));
            Assert.Equal("1234567.5", PythonFloat.Format(1234567.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private sealed record PythonNumber(string Bits, string Text)
    {
        public double Value => BitConverter.UInt64BitsToDouble(ulong.Parse(Bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
