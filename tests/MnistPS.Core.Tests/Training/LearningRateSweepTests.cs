using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Sweeps as in fastai and Lightning, against NumPy (learning-rate-sweeps.json, made by learning_rate_sweeps.py).</summary>
public sealed class LearningRateSweepTests
{
    private static readonly SweepCase[] _cases = Facts.Read<SweepCase[]>("learning-rate-sweeps.json");

    [Fact]
    public void LossesAreSmoothedAsByFastaiAndLightning() => Assert.All(_cases, facts =>
    {
        SmoothedLoss mean = new();
        Assert.All(facts.Losses.Zip(facts.Smoothed), pair => Assert.Equal(pair.Second, mean.Add(pair.First), 1e-12));
    });

    [Fact]
    public void TheSuggestionIsTheSteepestDescent() => Assert.All(_cases, facts =>
    {
        LearningRateSweep sweep = new(facts.Smoothed.Select((loss, i) => new LearningRatePoint(Math.Pow(10, i / 10.0), facts.Losses[i], loss)));
        Assert.Equal(facts.Suggested < 0 ? null : sweep.Points[facts.Suggested].Rate, sweep.SuggestedRate);
    });

    [Fact]
    public void AMeanOfFourTimesTheBestIsHopeless()
    {
        SmoothedLoss mean = new();
        mean.Add(1);
        Assert.False(mean.IsHopeless);
        mean.Add(6.9);
        Assert.False(mean.IsHopeless);
        mean.Add(20);
        Assert.True(mean.IsHopeless);
    }

    [Theory]
    [InlineData("dense 20,relu,dropout 0.3,dense 10", 10)]
    [InlineData("conv 4x5,pool 2,batchnorm,relu,dense 10", 32)]
    [InlineData("dense 20,relu,dense 10", 1)]
    public void TheNetworkStaysAsItIs(string layers, int batchSize)
    {
        MnistNetwork network = Sample.Network(layers);
        MnistDataset dataset = Sample.Dataset(120, 20);
        Sample.Train(network, dataset, Sample.Options(epochs: 1));
        Networks.NetworkState before = network.State;
        double[][] values = [.. before.Values.Select(numbers => (double[])numbers.Clone())];
        NumPyGeneratorState generator = before.Generator.State;
        LearningRateSweep sweep = Sweep(network, dataset, Sample.Options(batchSize: batchSize) with { LearningRate = 1, Shuffle = true })!;
        Assert.Equal(20, sweep.Points.Count);
        Assert.Same(before, network.State);
        Assert.Equal(values, network.State.Values);
        Assert.Equal(generator, network.State.Generator.State);
        Assert.Equal(1, network.EpochsTrained);
    }

    [Fact]
    public void RatesRiseInEqualRatiosFromTheLeastToTheMost()
    {
        LearningRateSweep sweep = Sweep(Sample.Network("dense 10"), Sample.Dataset(100, 20), Sample.Options() with { LearningRate = 1e-2 }, minimum: 1e-6)!;
        Assert.Equal(1e-6, sweep.Points[0].Rate, 1e-18);
        Assert.Equal(1e-2, sweep.Points[^1].Rate, 1e-14);
        Assert.All(
            sweep.Points.Zip(sweep.Points.Skip(1)),
            pair => Assert.Equal(Math.Pow(1e4, 1.0 / 19), pair.Second.Rate / pair.First.Rate, 1e-9));
    }

    [Fact]
    public void TheSameSweepGivesTheSamePoints()
    {
        MnistNetwork network = Sample.Network("dense 20,relu,dropout 0.5,dense 10");
        MnistDataset dataset = Sample.Dataset(100, 20);
        TrainingOptions options = Sample.Options() with { LearningRate = 1, Shuffle = true };
        Assert.Equal(
            Sweep(network, dataset, options)!.Points.Select(point => point.Loss), Sweep(network, dataset, options)!.Points.Select(point => point.Loss));
    }

    [Fact]
    public void ItEndsWhereTheLossGrowsBeyondAllUse()
    {
        LearningRateSweep sweep = Sweep(
            Sample.Network("dense 20,relu,dense 20,relu,dense 10"), Sample.Dataset(100, 20), Sample.Options() with { LearningRate = 1e9 }, minimum: 1e-3, steps: 60)!;
        Assert.InRange(sweep.Points.Count, 10, 59);
        Assert.All(sweep.Points, point => Assert.True(double.IsFinite(point.SmoothedLoss)));
    }

    [Fact]
    public void ASweepThatDivergesAtOnceIsRefused()
    {
        MnistException fault = Assert.Throws<MnistException>(() => Sweep(
            Sample.Network("dense 20,relu,dense 20,relu,dense 10"), Sample.Dataset(100, 20), Sample.Options() with { LearningRate = 1e300 }, minimum: 1e200));
        Assert.Equal("SweepDiverged", fault.Id);
    }

    [Theory]
    [InlineData(0, 1, 20, "MinimumOutOfRange")]
    [InlineData(double.NaN, 1, 20, "MinimumOutOfRange")]
    [InlineData(0.1, 0.1, 20, "MaximumOutOfRange")]
    [InlineData(0.1, double.PositiveInfinity, 20, "MaximumOutOfRange")]
    [InlineData(0.1, 1, 9, "StepsOutOfRange")]
    public void BadOptionsAreRefused(double minimum, double maximum, int steps, string id)
        => Assert.Equal(id, Assert.Throws<MnistException>(() => Sweep(
            Sample.Network("dense 10"), Sample.Dataset(50, 20), Sample.Options() with { LearningRate = maximum }, minimum, steps)).Id);

    [Fact]
    public void ACancelledSweepGivesNothing()
    {
        using CancellationTokenSource source = new();
        int met = 0;
        Assert.Null(LearningRateFinder.Sweep(
            Sample.Network("dense 10"),
            Sample.Dataset(50, 20),
            Sample.Options() with { LearningRate = 1 },
            1e-6,
            20,
            _ =>
            {
                met++;
                source.Cancel();
            },
            source.Token));
        Assert.Equal(1, met);
    }

    private static LearningRateSweep? Sweep(
        MnistNetwork network, MnistDataset dataset, TrainingOptions options, double minimum = 1e-6, int steps = 20)
        => LearningRateFinder.Sweep(network, dataset, options, minimum, steps, _ => { }, TestContext.Current.CancellationToken);

    private sealed record SweepCase(double[] Losses, double[] Smoothed, int Suggested);
}
