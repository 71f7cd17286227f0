using System.Runtime.InteropServices;
using MnistPS.Plots;

namespace MnistPS.Tests;

public class NativePartTests
{
    [Theory]
    [InlineData("win-x64", Architecture.X64, "win-x64")]
    [InlineData("win-arm64", Architecture.Arm64, "win-arm64")]
    [InlineData("win10-x64", Architecture.X64, "win-x64")]
    [InlineData("osx-arm64", Architecture.Arm64, "osx")]
    [InlineData("linux-x64", Architecture.X64, "linux-x64")]
    [InlineData("ubuntu.24.04-arm64", Architecture.Arm64, "linux-arm64")]
    [InlineData("linux-musl-x64", Architecture.X64, "linux-musl-x64")]
    [InlineData("alpine.3.22-x64", Architecture.X64, "linux-musl-x64")]
    [InlineData("freebsd-x64", Architecture.X64, "freebsd-x64")]
    public void EachPlatformHasItsFolder(string runtimeIdentifier, Architecture architecture, string folder)
        => Assert.Equal(folder, NativePart.FolderFor(runtimeIdentifier, architecture));
}
