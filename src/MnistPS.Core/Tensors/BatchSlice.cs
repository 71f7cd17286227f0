namespace MnistPS.Tensors;

/// <summary>
/// A part of a batch: images <see cref="From"/> up to <see cref="To"/>, and of each the values <see cref="First"/> up to <see cref="End"/>, padding
/// included. Elementwise layers process it as a few contiguous segments.
/// </summary>
/// <param name="From">The first image.</param>
/// <param name="To">The image after the last.</param>
/// <param name="First">The first value of each image.</param>
/// <param name="End">The value of each image after the last.</param>
/// <param name="ImageStride">Distance of two images.</param>
internal readonly record struct BatchSlice(int From, int To, int First, int End, int ImageStride)
{
    /// <summary>Contiguous segments: one if the images are whole, else one an image.</summary>
    public int SegmentCount => IsWhole ? 1 : To - From;

    /// <summary>Values in a segment.</summary>
    public nint SegmentLength => IsWhole ? (nint)(To - From) * ImageStride : End - First;

    private bool IsWhole => End - First == ImageStride;

    /// <summary>Start of a segment, from the batch's first value.</summary>
    public nint Segment(int segment) => (nint)(From + segment) * ImageStride + First;
}
