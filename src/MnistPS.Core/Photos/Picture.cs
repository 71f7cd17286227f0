namespace MnistPS.Photos;

/// <summary>A picture as its file holds it, perhaps smaller: pixels before they are turned upright.</summary>
/// <param name="Pixels">Red, green, blue and opacity, a byte each, (height, width, 4); the colours are not multiplied by the opacity.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Scale">Pixels of the file to one of these, 1 or more.</param>
/// <param name="Origin">Where the first pixel lies once the picture is upright, as Exif numbers it, 1 to 8 (CIPA DC-008, tag Orientation).</param>
/// <param name="FrameCount">How many pictures the file shows one after the other.</param>
internal sealed record Picture(byte[] Pixels, int Width, int Height, double Scale, int Origin, int FrameCount);
