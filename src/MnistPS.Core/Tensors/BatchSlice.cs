namespace MnistPS.Tensors;

/// <summary>
/// A part of a batch: images <see cref="From"/> up to <see cref="To"/>, and of each the numbers <see cref="First"/> up to <see cref="End"/>,
/// padding included. For layers that treat each number by itself it is a few runs of numbers that lie side by side.
/// </summary>
/// <param name="From">The first image.</param>
/// <param name="To">The image after the last.</param>
/// <param name="First">The first number of each image.</param>
/// <param name="End">The number of each image after the last.</param>
/// <param name="ImageStride">Distance of two images.</param>
internal readonly record struct BatchSlice(int From, int To, int First, int End, int ImageStride)
{
    /// <summary>Runs of numbers: one if the images are whole, else one an image.</summary>
    public int SegmentCount => IsWhole ? 1 : To - From;

    /// <summary>Numbers in a run.</summary>
    public nint SegmentLength => IsWhole ? (nint)(To - From) * ImageStride : End - First;

    private bool IsWhole => End - First == ImageStride;

    /// <summary>Where a run starts, from the batch's first number.</summary>
    public nint Segment(int segment) => (nint)(From + segment) * ImageStride + First;
}
