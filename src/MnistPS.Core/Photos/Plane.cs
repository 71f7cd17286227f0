namespace MnistPS.Photos;

/// <summary>A grey image or a mask: a byte for each pixel, row by row.</summary>
/// <param name="Width">The number of columns.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Values">The bytes, (height, width).</param>
internal sealed record Plane(int Width, int Height, byte[] Values)
{
    /// <summary>The negative: 255 minus each value.</summary>
    public Plane Inverted() => this with { Values = Array.ConvertAll(Values, value => (byte)~value) };
}
