using System.Diagnostics;
using System.Globalization;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>The log and the trajectories once more in processes of their own, in which the runtime may not use all that the processor offers.</summary>
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
        int expectedBits = Math.Min(registerBits, Kernels<double>.Best.RegisterBits);
        string assembly = typeof(InstructionSetTests).Assembly.Location;
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList =
            {
                "exec", assembly, "--progress", "off", "--results-directory", Path.Combine(Path.GetTempPath(), "MnistPS.Tests"),
                "--filter-class", typeof(TutorialTests).FullName!,
                "--filter-class", typeof(TrajectoryTests).FullName!,
                "--filter-class", typeof(RegisterTests).FullName!,
            },
            Environment = { [knob] = "0", [RegisterTests.ExpectedBits] = expectedBits.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}{Environment.NewLine}{output}{await errors}");
        Assert.Contains("skipped: 0", output, StringComparison.Ordinal);
    }
}
