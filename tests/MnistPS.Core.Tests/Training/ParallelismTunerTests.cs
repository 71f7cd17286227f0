using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Steps of a middling size are done in the way that is faster on this machine at this time.</summary>
public sealed class ParallelismTunerTests
{
    private const long Middling = 2_000_000;

    [Fact]
    public void TheFasterWayIsFoundByTryingBothAndTriedAgain()
    {
        using Workers team = new(2);
        ParallelismTuner sharing = new(Middling, team);
        Assert.True(sharing is { IsOpen: true, IsCertain: false });
        Assert.Same(team, sharing.Workers);
        Random random = new(1);
        foreach ((long alone, long shared) in ((long, long)[])[(9, 10), (10, 9), (10, 10), (10, 2)])
        {
            Dictionary<Workers, int> steps = new() { [Workers.Alone] = 0, [team] = 0 };
            Workers before = sharing.Workers;
            for (int step = 0; step < ParallelismTuner.Period; step++)
            {
                // Either way is slow at times, and the current one also has short batches, which are fast.
                steps[sharing.Workers]++;
                int images = sharing.Workers == before && random.Next(2) == 0 ? 50 : 100;
                long hiccup = random.Next(3) == 0 ? 100 : 0;
                sharing.Took(images * (hiccup + (sharing.Workers == team ? shared : alone)), images);
            }

            Assert.Same(shared < alone ? team : Workers.Alone, sharing.Workers);
            Assert.All(steps.Values, count => Assert.True(count > 0));
            Assert.True(steps[before] > 0.9 * ParallelismTuner.Period);
        }
    }

    [Theory]
    [InlineData(2, 100_000_000, true)]
    [InlineData(2, 1000, false)]
    [InlineData(1, Middling, false)]
    [InlineData(1, 100_000_000, false)]
    public void OthersAreNotTried(int threads, long work, bool isShared)
    {
        using Workers team = new(threads);
        ParallelismTuner sharing = new(work, team);
        Assert.False(sharing.IsOpen);
        Assert.Equal(isShared, sharing.IsCertain);
        Assert.Same(isShared ? team : Workers.Alone, sharing.Workers);
    }

    [Fact]
    public void NoBitOfATrainingThatGoesThroughATryIsOther()
    {
        const int BatchSize = 14;
        MnistDataset dataset = Sample.Dataset(4 * BatchSize, 5);
        TrainingOptions options = Sample.Options(epochs: ParallelismTuner.Period / 4 + 5, BatchSize) with { Optimizer = OptimizerKind.Adam, Precision = Precision.Single };
        Assert.Equal(Train(threads: 1), Train(threads: 2));

        double[][] Train(int threads)
        {
            MnistNetwork network = Sample.Network("dense 512,relu,dropout 0.2,dense 10");
            Sample.Train(network, dataset, options with { Threads = threads });
            return network.State.Values;
        }
    }

    [Fact]
    public void WhatATeamTakesThatDoesSomethingElseDoesNotCount()
    {
        using Workers team = new(2);
        ParallelismTuner sharing = new(Middling, team);
        team.Start(1, (_, _) => { });
        Take(2 * ParallelismTuner.Period, alone: 1, shared: 3);
        team.Finish();
        Take(ParallelismTuner.Period / 2, alone: 3, shared: 2);
        Assert.Same(team, sharing.Workers);

        void Take(int steps, long alone, long shared)
        {
            for (int step = 0; step < steps; step++)
            {
                sharing.Took(sharing.Workers == team ? shared : alone, images: 1);
            }
        }
    }
}
