namespace MnistPS;

/// <summary>The state of a generator: NumPy's <c>bit_generator.state</c>.</summary>
/// <param name="State">PCG64's state.</param>
/// <param name="Increment">PCG64's increment, which selects the sequence.</param>
/// <param name="UpperHalf">The upper half that a 32-bit draw has left for the next one, if any.</param>
internal sealed record NumPyGeneratorState(UInt128 State, UInt128 Increment, uint? UpperHalf);
