namespace MnistPS.Numerics;

/// <summary>
/// Memory layout of a matrix that is read one value at a time: row i starts at <see cref="Rows"/>[i], and its values come in segments, so that a
/// convolution's patches (or their transpose) are read from the image, without a copy.
/// </summary>
internal unsafe struct Operand<T>
    where T : unmanaged
{
    /// <summary>Address that the offsets count from.</summary>
    public T* Origin;

    /// <summary>Offset of each row.</summary>
    public int* Rows;

    /// <summary>Offset of each segment, added to the row's.</summary>
    public int* Segments;

    /// <summary>Number of segments.</summary>
    public int SegmentCount;

    /// <summary>Values in a segment.</summary>
    public int SegmentLength;

    /// <summary>Distance of two values of a segment.</summary>
    public int Step;
}
