using System.Diagnostics;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Trainings that end early, and the data that a training keeps apart.</summary>
public sealed class TrainerTests
{
    private const string Layers = "dense 20,relu,dense 10";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ADivergingTrainingNamesEpochAndImageAndLeavesTheNetworkAsItWas(int threads)
    {
        MnistNetwork network = Sample.Network(Layers, loss: LossKind.SquaredError);
        MnistDataset dataset = Sample.Dataset(60, 10);
        Sample.Train(network, dataset, Sample.Options(epochs: 3));
        double[][] before = network.State.Values;

        MnistException fault = Assert.Throws<MnistException>(
            () => Sample.Train(network, dataset, Sample.Options(batchSize: 5) with { LearningRate = 1e30, Threads = threads }));

        Assert.Equal(("TrainingDiverged", Fault.InvalidResult), (fault.Id, fault.Fault));
        int image = Assert.IsType<int>(fault.Target);
        Assert.InRange(image, 5, 59);
        Assert.Contains($"epoch 3 at image {image}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-LearningRate below 1E+30", fault.Message, StringComparison.Ordinal);
        Assert.Same(before, network.State.Values);
        Assert.Equal(3, network.EpochsTrained);

        // The network is as usable as before.
        Assert.Single(Sample.Train(network, dataset, Sample.Options(epochs: 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnEpochWhoseLastStepRuinsTheNetworkIsNotPublished(int threads)
    {
        MnistNetwork network = Sample.Network(Layers, loss: LossKind.SquaredError);
        double[][] before = network.State.Values;
        MnistException fault = Assert.Throws<MnistException>(() => Sample.Train(
            network, Sample.Dataset(10, 10), Sample.Options(batchSize: 10) with { LearningRate = 1e300, Threads = threads }));
        Assert.Equal("TrainingDiverged", fault.Id);
        Assert.Contains("epoch 0 at its end", fault.Message, StringComparison.Ordinal);
        Assert.Same(before, network.State.Values);
        Assert.Equal(0, network.EpochsTrained);
    }

    [Fact]
    public void TheImageOfAFaultIsThatOfTheSetHoweverShuffled()
    {
        // One image is all ink. The others are empty and do not change a network without biases.
        byte[] pixels = new byte[40 * MnistImage.PixelCount];
        pixels.AsSpan(17 * MnistImage.PixelCount, MnistImage.PixelCount).Fill(255);
        ImageSet images = new(pixels, new byte[40]);
        MnistDataset dataset = new("Sample", images, images.Slice(0, 1));
        MnistException fault = Assert.Throws<MnistException>(() => Sample.Train(
            Sample.Tutorial(1), dataset, Sample.Options(epochs: 5, batchSize: 1) with
            {
                LearningRate = 1e200, Shuffle = true, Optimizer = OptimizerKind.Momentum,
            }));
        Assert.Equal(17, fault.Target);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CancellingKeepsTheLastWholeEpoch(int threads)
    {
        MnistDataset dataset = Sample.Dataset(400, 20);
        TrainingOptions options = Sample.Options(epochs: 100_000, batchSize: 1) with { Threads = threads, Shuffle = true };
        MnistNetwork network = Sample.Network(Layers);
        using CancellationTokenSource cancellation = new();
        List<EpochMetrics> metrics = [];
        foreach (EpochMetrics epoch in Trainer.Train(network, dataset, options, Report, cancellation.Token))
        {
            metrics.Add(epoch);
        }

        Assert.True(cancellation.IsCancellationRequested);
        Assert.NotEmpty(metrics);
        Assert.Equal(metrics.Count, network.EpochsTrained);
        MnistNetwork whole = Sample.Network(Layers);
        Sample.Train(whole, dataset, options with { Epochs = metrics.Count, Threads = 1 });
        Assert.Equal(whole.State.Values, network.State.Values);

        // The network continues from there.
        Assert.Equal(metrics.Count, Sample.Train(network, dataset, options with { Epochs = 1 })[0].Epoch);

        void Report(TrainingProgress progress)
        {
            // An epoch may be tested while the next one is trained.
            if (metrics.Count > 0 && progress is { Epoch: > 0, Images: > 0 } && progress.Images < progress.Count)
            {
                cancellation.Cancel();
            }
        }
    }

    /// <summary>A stop may come at any time within a step: layers near the outputs may have been updated by then, and others not.</summary>
    [Fact]
    public async Task CancellingInTheMiddleOfAStepKeepsTheLastWholeEpoch()
    {
        const string Wide = "dense 503,relu,dropout 0.2,dense 503,batchnorm,tanh,dense 10";
        MnistDataset dataset = Sample.Dataset(120, 10);
        TrainingOptions options = Sample.Options(epochs: 100_000, batchSize: 60) with { Optimizer = OptimizerKind.Adam, Shuffle = true, Threads = 2 };
        for (int attempt = 0; attempt < 6; attempt++)
        {
            MnistNetwork network = Sample.Network(Wide);
            using CancellationTokenSource cancellation = new();
            Task canceller = Task.CompletedTask;
            foreach (EpochMetrics _ in Trainer.Train(network, dataset, options, _ => { }, cancellation.Token))
            {
                canceller = network.EpochsTrained == 1 ? Task.Run(() => Cancel(cancellation, 0.7 * attempt), TestContext.Current.CancellationToken) : canceller;
            }

            await canceller;
            int trained = network.EpochsTrained;
            MnistNetwork whole = Sample.Network(Wide);
            Sample.Train(whole, dataset, options with { Epochs = trained });
            AssertSame(whole.State.Values, network.State.Values);
            AssertSame(whole.State.Optimizer!.Moments, network.State.Optimizer!.Moments);
            Assert.Equal(2 * trained, network.State.Optimizer.StepCount);
        }

        // xUnit takes a second for a million values.
        static void AssertSame(double[][] expected, double[][] actual)
            => Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));

        static void Cancel(CancellationTokenSource cancellation, double milliseconds)
        {
            long start = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start).TotalMilliseconds >= milliseconds);
            cancellation.Cancel();
        }
    }

    [Fact]
    public void ACancelledTrainingThatDidNothingGivesNothing()
    {
        MnistNetwork network = Sample.Network(Layers);
        Assert.Empty(Trainer.Train(network, Sample.Dataset(20, 5), Sample.Options(), _ => { }, new CancellationToken(canceled: true)));
        Assert.Equal(0, network.EpochsTrained);
    }

    [Fact]
    public void ATimeLimitShorterThanAnEpochGivesTheMetricsOfWhatWasDone()
    {
        MnistDataset dataset = Sample.Dataset(100, 20);
        MnistNetwork network = Sample.Network(Layers);
        EpochMetrics metrics = Assert.Single(Sample.Train(network, dataset, Sample.Options(epochs: 9) with { MaximumTime = TimeSpan.FromTicks(1) }));

        // One step was taken before the first check of the time: the same as a training of one batch.
        MnistNetwork oneBatch = Sample.Network(Layers);
        MnistDataset first = new("Sample", dataset.Training.Slice(0, 10), dataset.Test);
        EpochMetrics expected = Assert.Single(Sample.Train(oneBatch, first, Sample.Options(epochs: 1)));
        Assert.Equal(expected.TrainingError, metrics.TrainingError);
        Assert.Equal(expected.TrainingAccuracy, metrics.TrainingAccuracy);
        Assert.Equal(expected.TestError, metrics.TestError);
        Assert.Equal(oneBatch.State.Values, network.State.Values);
        Assert.Equal(1, network.EpochsTrained);
    }

    [Fact]
    public void EarlyStoppingWaitsItsPatienceAndBringsTheBestBack()
    {
        // The validation labels contradict the training labels, so that learning soon makes validation worse.
        MnistDataset dataset = Contradicting();
        TrainingOptions options = Sample.Options(epochs: 200, batchSize: 10) with { LearningRate = 0.1, ValidationCount = 20, EarlyStoppingPatience = 4 };
        MnistNetwork network = Sample.Network(Layers);
        EpochMetrics[] metrics = Sample.Train(network, dataset, options);

        int best = Array.IndexOf(metrics, metrics.MinBy(epoch => epoch.ValidationError));
        Assert.Equal(best + 1 + 4, metrics.Length);
        Assert.True(metrics[^1].ValidationError > metrics[best].ValidationError);
        Assert.Equal(metrics, network.History);
        MnistNetwork stopped = Sample.Network(Layers);
        Sample.Train(stopped, dataset, options with { Epochs = best + 1, EarlyStoppingPatience = null });
        Assert.Equal(stopped.State.Values, network.State.Values);
    }

    [Fact]
    public void ValidationIsMeasuredAsATestIs()
    {
        MnistDataset dataset = Sample.Dataset(60, 10);
        MnistDataset same = new("", dataset.Training, dataset.Training.Slice(40, 20));
        TrainingOptions options = Sample.Options(epochs: 3) with { ValidationCount = 20 };
        Assert.All(Sample.Train(Sample.Network("dense 20,relu,dropout 0.5,dense 10"), same, options), epoch =>
        {
            Assert.Equal(epoch.TestError, epoch.ValidationError);
            Assert.Equal(epoch.TestAccuracy, epoch.ValidationAccuracy);
        });
    }

    /// <summary>The time limit counts training and tests, and not the caller's work with the metrics.</summary>
    [Fact]
    public void TheClockStandsStillWhileTheCallerHasTheMetrics()
    {
        TimeSpan pause = TimeSpan.FromSeconds(1.5);
        TrainingOptions options = Sample.Options(epochs: 3) with { MaximumTime = 2 * pause };
        List<EpochMetrics> metrics = [];
        foreach (EpochMetrics epoch in Trainer.Train(Sample.Network(Layers), Sample.Dataset(2000, 1), options, _ => { }, TestContext.Current.CancellationToken))
        {
            metrics.Add(epoch);
            Thread.Sleep(pause);
        }

        Assert.Equal(3, metrics.Count);
        Assert.InRange(metrics[^1].Elapsed, TimeSpan.Zero, pause);

        // With one test image nearly all of it is training.
        double training = metrics.Sum(epoch => 2000 / epoch.ImagesPerSecond);
        Assert.InRange(metrics[^1].Elapsed.TotalSeconds, training, 1.9 * training);
    }

    [Fact]
    public void ImagesASecondAreThoseOfTrainingAlone()
    {
        MnistDataset dataset = new("", Sample.Images(20, 1), new ImageSet(new byte[20_000 * MnistImage.PixelCount], new byte[20_000]));
        EpochMetrics metrics = Assert.Single(Sample.Train(Sample.Network("conv 8x5,relu,dense 10"), dataset, Sample.Options(epochs: 1)));
        Assert.InRange(20 / metrics.ImagesPerSecond, 0, metrics.Elapsed.TotalSeconds / 2);
    }

    /// <summary>Small networks are tested while the next epoch is trained. The metrics still come before that epoch ends.</summary>
    [Fact]
    public void MetricsComeAsSoonAsTheirTestIsDone()
    {
        TrainingOptions options = Sample.Options(epochs: 2, batchSize: 1) with { Threads = 2 };
        const int Images = 20_000;
        double between = 0;
        double trained = 0;
        long start = Stopwatch.GetTimestamp();
        foreach (EpochMetrics metrics in Trainer.Train(Sample.Tutorial(1), Sample.Dataset(Images, 1), options, _ => { }, TestContext.Current.CancellationToken))
        {
            between = Stopwatch.GetElapsedTime(start).TotalSeconds;
            trained = Images / metrics.ImagesPerSecond;
            start = Stopwatch.GetTimestamp();
        }

        Assert.True(between > trained / 5, $"Of the {trained} seconds of the second epoch only {between} were left.");
    }

    [Fact]
    public void ValidationImagesAreTheLastOnesAndNeverTrainedOn()
    {
        MnistDataset dataset = Sample.Dataset(60, 10);
        TrainingOptions options = Sample.Options(epochs: 3, batchSize: 8) with { ValidationCount = 20, Shuffle = true };
        MnistNetwork network = Sample.Network(Layers);
        EpochMetrics[] metrics = Sample.Train(network, dataset, options);

        // Other validation images change what is measured on them, and nothing else.
        MnistNetwork other = Sample.Network(Layers);
        EpochMetrics[] others = Sample.Train(other, WithLast(dataset, Sample.Images(20, 99)), options);
        Assert.Equal(network.State.Values, other.State.Values);
        Assert.Equal(metrics.Select(epoch => epoch.TrainingError), others.Select(epoch => epoch.TrainingError));
        Assert.All(metrics.Zip(others), pair => Assert.NotEqual(pair.First.ValidationError, pair.Second.ValidationError));

        // Without them, training uses the other images alone.
        MnistNetwork rest = Sample.Network(Layers);
        EpochMetrics[] alone = Sample.Train(rest, new MnistDataset("", dataset.Training.Slice(0, 40), dataset.Test), options with { ValidationCount = 0 });
        Assert.Equal(network.State.Values, rest.State.Values);
        Assert.All(alone, epoch => Assert.True(epoch is { ValidationError: null, ValidationAccuracy: null }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void AShuffledEpochHasTheImagesInTheOrderThatTheGeneratorDrawsFirst(int batchSize)
    {
        MnistDataset dataset = Sample.Dataset(60, 10);
        TrainingOptions options = Sample.Options(epochs: 3, batchSize) with { ValidationCount = 20 };
        MnistNetwork shuffled = Sample.Tutorial(1, hiddenSize: 20);
        EpochMetrics[] actual = Sample.Train(shuffled, dataset, options with { Shuffle = true });

        MnistNetwork ordered = Sample.Tutorial(1, hiddenSize: 20);
        List<EpochMetrics> expected = [];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            NumPyGenerator generator = ordered.State.Generator.Clone();
            MnistDataset inOrder = WithFirst(dataset, generator.Permutation(40));
            ordered.State = ordered.State with { Generator = generator };
            expected.AddRange(Sample.Train(ordered, inOrder, options with { Epochs = 1 }));
        }

        Assert.Equal(expected.Select(epoch => epoch.TrainingError), actual.Select(epoch => epoch.TrainingError));
        Assert.Equal(ordered.State.Values, shuffled.State.Values);
    }

    [Fact]
    public void EachEpochVariesTheImagesAnewAsTheSeedSays()
    {
        MnistDataset dataset = Sample.Dataset(20, 5);
        double[] errors = Errors(seed: 1);
        Assert.Equal(4, errors.Distinct().Count());
        Assert.Equal(errors, Errors(seed: 1));
        Assert.Empty(errors.Intersect(Errors(seed: 2)));

        // At such a learning rate nothing changes, so only the images make a difference.
        double[] Errors(ulong seed)
        {
            MnistNetwork network = Sample.Network(Layers);
            network.State = network.State with { Generator = new NumPyGenerator(seed) };
            TrainingOptions options = Sample.Options(epochs: 4) with { LearningRate = 1e-300, Augmentations = [Augmentation.Rotate] };
            return [.. Sample.Train(network, dataset, options).Select(epoch => epoch.TrainingError)];
        }
    }

    [Fact]
    public void ACancelInTheLastTestLeavesTheNetworkAsOfTheLastMetrics()
    {
        // The test takes a second, and the training on few images nearly no time.
        const string Slow = "conv 64x5 same,relu,dense 10";
        MnistDataset contradicting = Contradicting();
        MnistDataset dataset = new("", contradicting.Training, new ImageSet(new byte[40_000 * MnistImage.PixelCount], new byte[40_000]));
        TrainingOptions options = Sample.Options(epochs: 3, batchSize: 10) with { LearningRate = 0.1, ValidationCount = 20, EarlyStoppingPatience = 5 };
        MnistNetwork network = Sample.Network(Slow);
        using CancellationTokenSource stop = new();
        using IEnumerator<EpochMetrics> epochs = Trainer.Train(network, dataset, options, _ => { }, stop.Token).GetEnumerator();
        Assert.True(epochs.MoveNext());
        double? best = epochs.Current.ValidationError;
        Assert.True(epochs.MoveNext());
        Assert.True(epochs.Current.ValidationError > best, "The best weights are not the last ones.");

        object last = network.State;
        stop.CancelAfter(150);
        Assert.False(epochs.MoveNext());
        Assert.Same(last, network.State);
    }

    [Fact]
    public void TheTestSetChoosesNothing()
    {
        MnistDataset dataset = Contradicting();
        TrainingOptions options = Sample.Options(epochs: 50, batchSize: 10) with { LearningRate = 0.1, ValidationCount = 20, EarlyStoppingPatience = 2 };
        MnistNetwork network = Sample.Network(Layers);
        int epochs = Sample.Train(network, dataset, options).Length;
        MnistNetwork other = Sample.Network(Layers);
        Assert.Equal(epochs, Sample.Train(other, new MnistDataset("", dataset.Training, Sample.Images(7, 5)), options).Length);
        Assert.Equal(network.State.Values, other.State.Values);
    }

    [Fact]
    public void TwoTrainingsAtOnceAreRefused()
    {
        MnistNetwork network = Sample.Network(Layers);
        MnistDataset dataset = Sample.Dataset(20, 5);
        using (IEnumerator<EpochMetrics> first = Trainer.Train(network, dataset, Sample.Options(), _ => { }, TestContext.Current.CancellationToken).GetEnumerator())
        {
            Assert.True(first.MoveNext());
            MnistException fault = Assert.Throws<MnistException>(() => Sample.Train(network, dataset, Sample.Options()));
            Assert.Equal("NetworkInTraining", fault.Id);
            Assert.Same(network, fault.Target);
        }

        Assert.Equal(2, Sample.Train(network, dataset, Sample.Options()).Length);
        Assert.Equal(3, network.EpochsTrained);
    }

    [Fact]
    public void TrainingGoesOnInTheOtherPrecisionAndBack()
    {
        MnistNetwork network = Sample.Network("conv 3x5,batchnorm,relu,pool 4,dense 10");
        MnistDataset dataset = Sample.Dataset(100, 50);
        List<double> errors = [];
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double, Precision.Single])
        {
            TrainingOptions options = Sample.Options(epochs: 2) with { Precision = precision, Optimizer = OptimizerKind.Adam };
            errors.AddRange(Sample.Train(network, dataset, options).Select(epoch => epoch.TrainingError));
            Assert.Equal(precision, network.Precision);
        }

        Assert.Equal(6, network.EpochsTrained);
        Assert.Equal(errors.OrderDescending(), errors);
    }

    [Fact]
    public void AnotherOptimizerStartsAfresh()
    {
        MnistDataset dataset = Sample.Dataset(40, 5);
        MnistNetwork network = Sample.Network(Layers);
        Sample.Train(network, dataset, Sample.Options() with { Optimizer = OptimizerKind.Adam });
        MnistNetwork same = Sample.Network(Layers);
        same.State = network.State with { Optimizer = null };
        TrainingOptions momentum = Sample.Options() with { Optimizer = OptimizerKind.Momentum };
        Sample.Train(network, dataset, momentum);
        Sample.Train(same, dataset, momentum);
        Assert.Equal(same.State.Values, network.State.Values);
    }

    private static MnistDataset Contradicting()
    {
        MnistDataset dataset = Sample.Dataset(80, 10);
        ImageSet last = dataset.Training.Slice(60, 20);
        byte[] pixels = [.. last.SelectMany(image => image.Pixels)];
        return WithLast(dataset, new ImageSet(pixels, [.. last.Labels.Select((label, i) => (byte)((label + i % 3 + 1) % 10))]));
    }

    private static MnistDataset WithFirst(MnistDataset dataset, int[] order)
    {
        ImageSet rest = dataset.Training.Slice(order.Length, dataset.Training.Count - order.Length);
        MnistImage[] images = [.. order.Select(index => dataset.Training[index]), .. rest];
        byte[] pixels = [.. images.SelectMany(image => image.Pixels)];
        return new MnistDataset(dataset.Name, new ImageSet(pixels, [.. images.Select(image => (byte)image.Label!)]), dataset.Test);
    }

    private static MnistDataset WithLast(MnistDataset dataset, ImageSet last)
    {
        ImageSet kept = dataset.Training.Slice(0, dataset.Training.Count - last.Count);
        byte[] pixels = [.. kept.Concat(last).SelectMany(image => image.Pixels)];
        return new MnistDataset(dataset.Name, new ImageSet(pixels, [.. kept.Labels, .. last.Labels]), dataset.Test);
    }
}
