using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

public unsafe class SparseImagesTests
{
    /// <summary>Threads rarely take images at the same time, so it is repeated many times.</summary>
    [Fact]
    public void ThreadsListNumbersInOnePlace()
    {
        const int Count = 64;
        const int Group = 8;
        using Workers workers = new(4);
        double[] numbers = [.. Enumerable.Range(0, Count * MnistImage.PixelCount).Select(i => i % 3 / 2.0)];
        for (int attempt = 0; attempt < 200; attempt++)
        {
            Batch<float> batch = new(Count, workers);
            batch.Take(numbers, Count);
            SparseImages<float> lists = new(Count);
            lists.Begin(batch, Count);
            workers.For(Count / Group, long.MaxValue, (from, to) => lists.Take(0, from * Group, to * Group));

            CsrMatrix<float> images = lists.Parts[0];
            for (int image = 0; image < Count; image++)
            {
                Assert.Equal(image * MnistImage.PixelCount, images.Entries(image) - images.Entries(0));
                Assert.Equal(image * MnistImage.PixelCount, images.Values(image) - images.Values(0));
            }
        }
    }
}
