namespace MnistPS.Tests;

/// <summary>Tests that need the process for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
