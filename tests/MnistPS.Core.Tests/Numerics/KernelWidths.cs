namespace MnistPS.Tests;

/// <summary>The register widths of the compiled kernels.</summary>
internal static class KernelWidths
{
    public const string Bits512 = "512 bits";
    public const string Bits256 = "256 bits";
    public const string Bits128 = "128 bits";
    public const string OneNumber = "one number";

    public static TheoryData<string> All => [Bits512, Bits256, Bits128, OneNumber];
}
