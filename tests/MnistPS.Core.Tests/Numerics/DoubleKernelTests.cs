namespace MnistPS.Tests;

public sealed class DoubleKernelTests : KernelTests<double>;
