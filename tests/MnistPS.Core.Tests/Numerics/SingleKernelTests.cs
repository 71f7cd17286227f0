namespace MnistPS.Tests;

public sealed class SingleKernelTests : KernelTests<float>;
