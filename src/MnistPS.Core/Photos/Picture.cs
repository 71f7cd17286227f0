namespace MnistPS.Photos;

/// <summary>A decoded picture, before it is turned upright. It can be scaled down.</summary>
/// <param name="Pixels">Red, green, blue and alpha, a byte each, (height, width, 4). The alpha is not premultiplied.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Scale">The number of pixels of the file along each pixel of the picture, 1 or more.</param>
/// <param name="Origin">The orientation, 1 to 8, as Exif defines it (CIPA DC-008, tag Orientation).</param>
/// <param name="FrameCount">The number of frames of the file.</param>
internal sealed record Picture(byte[] Pixels, int Width, int Height, double Scale, int Origin, int FrameCount);
