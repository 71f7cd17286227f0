using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>A grey image or a mask: a byte for each pixel, row by row.</summary>
/// <param name="Width">The number of columns.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Values">The bytes, (height, width).</param>
internal sealed record Plane(int Width, int Height, byte[] Values)
{
    /// <summary>The negative: 255 minus each value.</summary>
    public Plane Inverted() => this with { Values = Array.ConvertAll(Values, value => (byte)~value) };

    /// <summary>The plane with rows and columns exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Plane Transposed()
    {
        // Blocks keep the rows that are written in the cache.
        const int Block = 32;
        byte[] values = new byte[Values.Length];
        for (int top = 0; top < Height; top += Block)
        {
            int bottom = Math.Min(top + Block, Height);
            for (int column = 0; column < Width; column++)
            {
                for (int row = top; row < bottom; row++)
                {
                    values[(column * Height) + row] = Values[(row * Width) + column];
                }
            }
        }

        return new Plane(Height, Width, values);
    }
}
