using System.Globalization;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>The log and the trajectories in processes whose runtime may not use all of the processor's instruction sets.</summary>
[Collection(nameof(Alone))]
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 64)]
    public async Task TheNumbersAreTheSameWithoutAnInstructionSet(string knob, int registerBits)
    {
        RealMnist.First(1, 1);
        string expectedBits = Math.Min(registerBits, Kernels<double>.Best.RegisterBits).ToString(CultureInfo.InvariantCulture);
        await OwnProcess.RunAsync(
            [new(knob, "0"), new(RegisterTests.ExpectedBits, expectedBits)], typeof(TutorialTests), typeof(TrajectoryTests), typeof(RegisterTests));
    }
}
