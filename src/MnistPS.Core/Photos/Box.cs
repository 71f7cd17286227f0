namespace MnistPS.Photos;

/// <summary>A bounding box: a rectangle of whole pixels.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
internal readonly record struct Box(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The number of columns.</summary>
    public int Width => Right - Left;

    /// <summary>The number of rows.</summary>
    public int Height => Bottom - Top;

    /// <summary>The longer side, in pixels.</summary>
    public int Side => Math.Max(Width, Height);

    /// <summary>The number of columns between two boxes. It is negative where they overlap.</summary>
    public int GapAcross(Box other) => Math.Max(Left, other.Left) - Math.Min(Right, other.Right);

    /// <summary>The number of rows between two boxes. It is negative where they overlap.</summary>
    public int GapDown(Box other) => Math.Max(Top, other.Top) - Math.Min(Bottom, other.Bottom);

    /// <summary>The larger of the two gaps. It is negative where the boxes overlap.</summary>
    public int Between(Box other) => Math.Max(GapAcross(other), GapDown(other));

    /// <summary>The bounding box of both.</summary>
    public Box Union(Box other)
        => new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}
