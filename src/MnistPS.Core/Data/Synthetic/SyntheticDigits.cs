namespace MnistPS;

/// <summary>
/// Handwritten digits drawn by program: strokes in several styles, distorted, inked and centred as MNIST's are. They need no file and no network, and the
/// same seed gives the same bytes on every platform and with any number of threads.
/// </summary>
public static class SyntheticDigits
{
    /// <summary>Draws images with uniform labels.</summary>
    /// <param name="count">How many, 1 or more. The first images are the same whatever the count.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="MnistException">The count is below 1 or more than an array can hold (<c>CountOutOfRange</c>).</exception>
    public static ImageSet Draw(int count, ulong seed) => Draw(count, seed, stream: 0, CancellationToken.None);

    /// <summary>Draws a training set, the images of <see cref="Draw(int, ulong)"/>, and a test set of others.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainingCount">How many images to train on, 1 or more.</param>
    /// <param name="testCount">How many images to test with, 1 or more.</param>
    /// <exception cref="MnistException">A count is below 1 or more than an array can hold (<c>CountOutOfRange</c>).</exception>
    public static MnistDataset CreateDataset(ulong seed, int trainingCount, int testCount)
        => DrawDataset(seed, trainingCount, testCount, CancellationToken.None);

    /// <summary>Draws the same as <see cref="CreateDataset"/>, unless cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static MnistDataset DrawDataset(ulong seed, int trainingCount, int testCount, CancellationToken cancellation)
        => new("Synthetic", Draw(trainingCount, seed, stream: 0, cancellation), Draw(testCount, seed, stream: 1, cancellation));

    // Two streams of one seed: image i of stream s is drawn from output 2i + s of the seed's generator.
    private static ImageSet Draw(int count, ulong seed, ulong stream, CancellationToken cancellation)
    {
        int maximum = Array.MaxLength / MnistImage.PixelCount;
        if (count < 1 || count > maximum)
        {
            throw new MnistException("CountOutOfRange", Fault.InvalidArgument,
                $"{count} images were asked for; 1 to {maximum} can be drawn.", count);
        }

        byte[] pixels = new byte[count * MnistImage.PixelCount];
        byte[] labels = new byte[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            ulong imageSeed = SplitMix64.OutputAt(seed, (2 * (ulong)i) + stream);
            labels[i] = DigitPainter.Paint(imageSeed, pixels.AsSpan(i * MnistImage.PixelCount, MnistImage.PixelCount));
        });
        return new ImageSet(pixels, labels);
    }
}
