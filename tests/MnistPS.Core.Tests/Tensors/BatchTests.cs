using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

/// <summary>A batch varies its images each by itself and anew each time, as the generator's seed says.</summary>
public sealed class BatchTests
{
    private const int Count = 8;

    // The same image again and again, so that only what is drawn can make a difference.
    private static readonly ImageSet _images = Copies(Sample.Images(1, seed: 1), Count);

    [Fact]
    public void EqualImagesAreVariedEachInItsOwnWay() => Assert.Equal(Count, Take(Create(seed: 1)).Distinct().Count());

    [Fact]
    public void ImagesAreVariedAnewEachTime()
    {
        Batch<double> batch = Create(seed: 1);
        Assert.Empty(Take(batch).Intersect(Take(batch)));
    }

    [Fact]
    public void TheSeedDecidesTheVariations()
    {
        string[] expected = Take(Create(seed: 1));
        Assert.Equal(expected, Take(Create(seed: 1)));
        Assert.Empty(expected.Intersect(Take(Create(seed: 2))));
    }

    private static Batch<double> Create(ulong seed)
        => new(Count, Workers.Alone, new Augmenter([Augmentation.Elastic])) { IsTraining = true, Generator = new NumPyGenerator(seed) };

    private static string[] Take(Batch<double> batch)
    {
        batch.Take(_images, null, 0, Count);
        return [.. Enumerable.Range(0, Count).Select(image => Convert.ToHexString(batch.PixelsOf(image)))];
    }

    private static ImageSet Copies(ImageSet image, int count)
        => new([.. Enumerable.Repeat(image[0].Pixels, count).SelectMany(pixels => pixels)], [.. Enumerable.Repeat(image.Labels[0], count)]);
}
