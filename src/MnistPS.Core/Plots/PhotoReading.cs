using MnistPS.Photos;

namespace MnistPS.Plots;

/// <summary>What was read in a box.</summary>
/// <param name="Box">The box.</param>
/// <param name="Caption">What stands above it; may be empty.</param>
/// <param name="StandsOut">Whether it is to stand out, such as a mistake.</param>
internal sealed record PhotoReading(Box Box, string Caption, bool StandsOut);
