namespace MnistPS;

/// <summary>Where a generator goes on: what NumPy's <c>bit_generator.state</c> gives.</summary>
/// <param name="State">PCG64's state.</param>
/// <param name="Increment">PCG64's increment, which tells one sequence from another.</param>
/// <param name="UpperHalf">What a 32-bit draw has left over for the next one, if there is something.</param>
internal sealed record NumPyGeneratorState(UInt128 State, UInt128 Increment, uint? UpperHalf);
