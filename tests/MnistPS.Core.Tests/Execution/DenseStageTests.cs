using MnistPS.Execution;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Tests;

/// <summary>Dense layers so wide that even a single image's work is shared, in panels and pieces of panels.</summary>
public sealed class DenseStageTests
{
    private const string Wide = "dense 512,relu,dropout 0.2,dense 512,relu,dense 10";
    private const int Repetitions = 40;

    /// <summary>Many repetitions, since an idle thread may interleave with another's steps, or not.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FewImagesAreReadTheSameEachTime(int count)
    {
        ImageSet images = Sample.Images(count, 1);
        MnistNetwork network = Sample.Network(Wide);
        double[][] expected = Read(network, images);
        for (int i = 0; i < Repetitions; i++)
        {
            Assert.Equal(expected, Read(network, images));
        }

        double[][] apart = [.. images.Select(image => Read(network, new ImageSet(image.Pixels, [(byte)image.Label!])).Single())];
        Assert.All(expected.Zip(apart), pair => Assert.All(pair.First.Zip(pair.Second), scores => Assert.Equal(scores.First, scores.Second, 1e-6)));
    }

    [Fact]
    public void ALastBatchOfOneImageIsLearnedTheSameOnAnyThreads()
    {
        MnistDataset dataset = Sample.Dataset(41, 3);
        TrainingOptions options = Sample.Options(epochs: 3, batchSize: 40) with { Optimizer = OptimizerKind.Adam };
        double[][] expected = Train(dataset, options with { Threads = 1 });
        for (int i = 0; i < Repetitions / 4; i++)
        {
            Assert.Equal(expected, Train(dataset, options with { Threads = 2 + i % 2 }));
        }
    }

    private static double[][] Read(MnistNetwork network, ImageSet images)
    {
        using Predictor predictor = new(network);
        foreach (MnistImage image in images)
        {
            Assert.Empty(predictor.Add(image));
        }

        return [.. predictor.Flush().Select(prediction => prediction.Scores.ToArray())];
    }

    private static double[][] Train(MnistDataset dataset, TrainingOptions options)
    {
        MnistNetwork network = Sample.Network(Wide);
        Sample.Train(network, dataset, options);
        return network.State.Values;
    }
}
