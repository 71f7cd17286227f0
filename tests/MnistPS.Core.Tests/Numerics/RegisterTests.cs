using System.Globalization;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>Runs within the processes that <see cref="InstructionSetTests"/> starts, and makes sure that they are what they are meant to be.</summary>
public sealed class RegisterTests
{
    /// <summary>The environment variable that says what is expected.</summary>
    internal const string ExpectedBits = "MNISTPS_TEST_REGISTER_BITS";

    [Fact]
    public void TheBestKernelsAreAsWideAsTheProcessorAllows()
    {
        string? expected = Environment.GetEnvironmentVariable(ExpectedBits);
        Assert.SkipWhen(expected is null, $"{ExpectedBits} does not say what to expect.");
        Assert.Equal(expected, Kernels<double>.Best.RegisterBits.ToString(CultureInfo.InvariantCulture));
    }
}
