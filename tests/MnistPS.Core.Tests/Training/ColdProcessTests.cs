namespace MnistPS.Tests;

/// <summary>What the JIT does in a process that has just begun, as a script's always has: on the widest registers, and on those of 256 bits.</summary>
[Collection(nameof(Alone))]
public sealed class ColdProcessTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public Task TheFirstStepsRunOptimizedCode(string avx512)
        => OwnProcess.RunAsync([new("DOTNET_EnableAVX512", avx512), new(JitTests.IsCold, "1")], typeof(JitTests));
}
