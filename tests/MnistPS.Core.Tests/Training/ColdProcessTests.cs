namespace MnistPS.Tests;

/// <summary>The JIT in a fresh process, as a script has it: with the widest registers and with 256 bits.</summary>
[Collection(nameof(Alone))]
public sealed class ColdProcessTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public Task TheFirstStepsRunOptimizedCode(string avx512)
        => OwnProcess.RunAsync([new("DOTNET_EnableAVX512", avx512), new(JitTests.IsCold, "1")], typeof(JitTests));
}
