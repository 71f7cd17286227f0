using System.Runtime.CompilerServices;
using MnistPS.Execution;

namespace MnistPS.Tests;

/// <summary>It runs alone, since other tests' networks would evict the pooled sessions.</summary>
[Collection(nameof(Alone))]
public class PredictorTests
{
    private static readonly ImageSet _images = Sample.Images(300, seed: 7);

    [Theory]
    [InlineData("dense 20,relu,dense 10")]
    [InlineData("conv 4x3,relu,pool 2,dense 10")]
    public void ACallThatFindsAReaderGivesWhatTheFirstOneGave(string layers)
    {
        MnistNetwork network = Sample.Network(layers);
        double[][] fresh = [.. Enumerable.Range(0, 5).Select(image => ReadOne(Sample.Network(layers), image))];

        Assert.Equal(fresh, Enumerable.Range(0, 5).Select(image => ReadOne(network, image)));
        Assert.Single(InferenceSessionPool.Waiting(network));
        Assert.Equal(Read(Sample.Network(layers), _images), Read(network, _images));
        Assert.Single(InferenceSessionPool.Waiting(network));
    }

    [Fact]
    public void NumbersAndGreyValuesMayTakeTurns()
    {
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        double[] numbers = [.. _images[3].Pixels.Select(grey => grey / 255.0)];
        for (int turn = 0; turn < 2; turn++)
        {
            double[] ofGreys = ReadOne(network, 3);
            using Predictor predictor = new(network);
            Assert.Empty(predictor.Add(MnistImage.FromValues(numbers, 0), numbers));
            Assert.Equal(ofGreys, Assert.Single(predictor.Flush()).Scores, (expected, actual) => Math.Abs(expected - actual) < 1e-5);
        }
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void WhatANetworkHasLearnedMeanwhileIsSeen(Precision precision)
    {
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        double[] before = ReadOne(network, 0);
        Sample.Train(network, Sample.Dataset(50, 10), Sample.Options() with { Precision = precision });

        double[] after = ReadOne(network, 0);

        Assert.NotEqual(before, after);
        Assert.Equal(ReadOne(new MnistNetwork(network.Definition, network.Seed, network.State), 0), after);
    }

    [Fact]
    public void APipelineThatIsUnderWayKeepsItsReaderToItself()
    {
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        double[] first = ReadOne(network, 0);
        using Predictor outer = new(network);
        Assert.Empty(outer.Add(_images[0]));
        double[] second = ReadOne(network, 1);

        Assert.Equal(first, Assert.Single(outer.Flush()).Scores);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void ImagesThatAPipelineLeftBehindAreNoLongerThere()
    {
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10");
        using (Predictor stopped = new(network))
        {
            Assert.Empty(stopped.Add(_images[1]));
            stopped.Dispose();
        }

        Assert.Single(InferenceSessionPool.Waiting(network));
        Assert.Equal(ReadOne(Sample.Network("dense 20,relu,dense 10"), 0), ReadOne(network, 0));
    }

    [Fact]
    public void ManyThreadsMayReadWithOneNetworkAtOnce()
    {
        MnistNetwork network = Sample.Network("conv 4x3,relu,pool 2,dense 10");
        double[][] expected = [.. Enumerable.Range(0, 40).Select(image => ReadOne(network, image))];
        double[][] read = new double[400][];

        Parallel.For(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = 12 }, i => read[i] = ReadOne(network, i % 40));

        for (int i = 0; i < read.Length; i++)
        {
            Assert.Equal(expected[i % 40], read[i]);
        }

        Assert.InRange(InferenceSessionPool.Waiting(network).Count, 1, InferenceSessionPool.Limit);
    }

    [Fact]
    public void OfAllNetworksOnlyTheLastFewHaveAReaderWaiting()
    {
        MnistNetwork[] networks = [.. Enumerable.Range(0, InferenceSessionPool.Limit + 4).Select(seed => Sample.Network("dense 10", (ulong)seed))];
        foreach (MnistNetwork network in networks)
        {
            ReadOne(network, 0);
        }

        Assert.Equal([0, 0, 0, 0, .. Enumerable.Repeat(1, InferenceSessionPool.Limit)], networks.Select(network => InferenceSessionPool.Waiting(network).Count));
    }

    [Fact]
    public void AReaderGoesWhenItsNetworkGoes()
    {
        WeakReference reader = ReadAndForget();
        for (int i = 0; i < 10 && reader.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(reader.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference ReadAndForget()
        {
            MnistNetwork network = Sample.Network("conv 4x3,relu,pool 2,dense 10");
            ReadOne(network, 0);
            return new WeakReference(Assert.Single(InferenceSessionPool.Waiting(network)));
        }
    }

    /// <summary>A call that reuses a session allocates a hundredth of what the first one did.</summary>
    [Theory]
    [InlineData("dense 100,relu,dense 10")]
    [InlineData("conv 8x3,relu,pool 2,dense 10")]
    public void ASecondCallSetsNothingUp(string layers)
    {
        MnistNetwork network = Sample.Network(layers);
        long first = Allocated();
        long second = Allocated();

        Assert.InRange(second, 1, first / 100);

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ReadOne(network, 0);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static double[] ReadOne(MnistNetwork network, int image) => Assert.Single(Read(network, [_images[image]]));

    private static double[][] Read(MnistNetwork network, IEnumerable<MnistImage> images)
    {
        using Predictor predictor = new(network);
        List<Prediction> predictions = [];
        foreach (MnistImage image in images)
        {
            predictions.AddRange(predictor.Add(image));
        }

        predictions.AddRange(predictor.Flush());
        return [.. predictions.Select(prediction => prediction.Scores.ToArray())];
    }
}
