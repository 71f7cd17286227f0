namespace MnistPS.Numerics;

/// <summary>
/// How a matrix lies in memory when it is read one number at a time: row i starts at <see cref="Rows"/>[i], and the numbers of a
/// row come in segments, so that a convolution's patches (or their transpose) are read where the image is, without a copy.
/// </summary>
internal unsafe struct Operand<T>
    where T : unmanaged
{
    /// <summary>Where the offsets count from.</summary>
    public T* Origin;

    /// <summary>Offset of each row.</summary>
    public int* Rows;

    /// <summary>Offset of each segment, added to the row's.</summary>
    public int* Segments;

    /// <summary>Number of segments.</summary>
    public int SegmentCount;

    /// <summary>Numbers in a segment.</summary>
    public int SegmentLength;

    /// <summary>Distance between two numbers of a segment.</summary>
    public int Step;
}
