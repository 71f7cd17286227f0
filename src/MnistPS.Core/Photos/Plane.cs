namespace MnistPS.Photos;

/// <summary>A byte for each pixel, row by row.</summary>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">The bytes, (height, width).</param>
internal sealed record Plane(int Width, int Height, byte[] Values)
{
    /// <summary>Black for white.</summary>
    public Plane Inverted() => this with { Values = Array.ConvertAll(Values, value => (byte)~value) };
}
