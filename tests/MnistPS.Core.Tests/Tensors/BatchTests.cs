using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

/// <summary>A batch augments each image independently and anew each time, by the generator's seed.</summary>
public sealed class BatchTests
{
    private const int Count = 8;

    // One image many times, so that the augmentation is the only difference.
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
