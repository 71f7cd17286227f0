using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>A digit on a sheet.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Index">Its place in the data set.</param>
/// <param name="Label">What was written.</param>
/// <param name="Place">From its image to the sheet, whose origin is the middle of the photo.</param>
internal sealed record PlacedDigit(DigitShape Shape, int Index, int Label, SKMatrix Place);
