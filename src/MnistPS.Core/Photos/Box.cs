namespace MnistPS.Photos;

/// <summary>A rectangle of whole pixels.</summary>
/// <param name="Left">Its first column.</param>
/// <param name="Top">Its first row.</param>
/// <param name="Right">The column behind its last.</param>
/// <param name="Bottom">The row below its last.</param>
internal readonly record struct Box(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Columns.</summary>
    public int Width => Right - Left;

    /// <summary>Rows.</summary>
    public int Height => Bottom - Top;

    /// <summary>The longer side.</summary>
    public int Side => Math.Max(Width, Height);

    /// <summary>Columns of white between two boxes, negative where they overlap.</summary>
    public int GapAcross(Box other) => Math.Max(Left, other.Left) - Math.Min(Right, other.Right);

    /// <summary>Rows of white between two boxes, negative where they overlap.</summary>
    public int GapDown(Box other) => Math.Max(Top, other.Top) - Math.Min(Bottom, other.Bottom);

    /// <summary>The box around both.</summary>
    public Box Union(Box other)
        => new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}
