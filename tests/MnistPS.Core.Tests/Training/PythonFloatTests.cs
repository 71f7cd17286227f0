using System.Globalization;

namespace MnistPS.Tests;

/// <summary>Numbers as Python writes them: python-float.json is what str() gave, and python_float.py made it.</summary>
public sealed class PythonFloatTests
{
    private static readonly PythonNumber[] _numbers = Facts.Read<PythonNumber[]>("python-float.json");

    [Fact]
    public void EveryNumberIsWrittenAsPythonWritesIt()
        => Assert.All(_numbers, number => Assert.Equal(number.Text, PythonFloat.Format(number.Value)));

    [Fact]
    public void ACutIsThePythonStringsStart()
        => Assert.All(_numbers, number => Assert.Equal(number.Text[..Math.Min(5, number.Text.Length)], PythonFloat.Cut(number.Value, 5)));

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
