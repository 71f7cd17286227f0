using System.Globalization;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>The register width in the processes of <see cref="InstructionSetTests"/>.</summary>
public sealed class RegisterTests
{
    /// <summary>The environment variable with the expected width.</summary>
    internal const string ExpectedBits = "MNISTPS_TEST_REGISTER_BITS";

    [Fact]
    public void TheBestKernelsAreAsWideAsTheProcessorAllows()
    {
        string? expected = Environment.GetEnvironmentVariable(ExpectedBits);
        Assert.SkipWhen(expected is null, $"{ExpectedBits} does not say what to expect.");
        Assert.Equal(expected, Kernels<double>.Best.RegisterBits.ToString(CultureInfo.InvariantCulture));
    }
}
