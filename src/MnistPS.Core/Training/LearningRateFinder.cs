using System.Numerics;
using MnistPS.Networks;
using MnistPS.Numerics;

namespace MnistPS.Training;

/// <summary>Trains a copy of a network for a few steps at rising rates. The network itself is unchanged.</summary>
internal static class LearningRateFinder
{
    /// <summary>The fewest steps that show a slope.</summary>
    public const int FewestSteps = 10;

    private const int MostSteps = 100_000;

    /// <summary>Sweeps through the rates, up to the last one or until the loss diverges.</summary>
    /// <param name="network">The network, which is unchanged.</param>
    /// <param name="dataset">The data set to train on.</param>
    /// <param name="options">The options; their rate is the largest.</param>
    /// <param name="minimum">The smallest rate.</param>
    /// <param name="steps">Number of rates.</param>
    /// <param name="progress">Receives each point, on the calling thread.</param>
    /// <param name="cancellation">Ends the sweep.</param>
    /// <returns>The sweep, or null if it is cancelled.</returns>
    /// <exception cref="MnistException">An option is out of range, or too few rates gave a loss (<c>SweepDiverged</c>).</exception>
    public static LearningRateSweep? Sweep(
        MnistNetwork network,
        MnistDataset dataset,
        TrainingOptions options,
        double minimum,
        int steps,
        Action<LearningRatePoint> progress,
        CancellationToken cancellation)
    {
        Require(double.IsFinite(minimum) && minimum > 0, "MinimumOutOfRange",
            FormattableString.Invariant($"-Minimum is {minimum}; a rate above 0 was expected, such as 1e-6."), minimum);
        Require(double.IsFinite(options.LearningRate) && options.LearningRate > minimum, "MaximumOutOfRange",
            FormattableString.Invariant($"-Maximum is {options.LearningRate}; a rate above -Minimum, which is {minimum}, was expected, such as 10."),
            options.LearningRate);
        Require(steps is >= FewestSteps and <= MostSteps, "StepsOutOfRange",
            $"-Steps is {steps}; {FewestSteps} to {MostSteps} were expected.", steps);
        options.Check(network.Definition, dataset);
        List<LearningRatePoint> points = [];
        foreach (LearningRatePoint point in options.Precision == Precision.Single
            ? new LearningRateFinder<float>(network, dataset.Training, options, minimum, steps, cancellation).Sweep()
            : new LearningRateFinder<double>(network, dataset.Training, options, minimum, steps, cancellation).Sweep())
        {
            points.Add(point);
            progress(point);
        }

        if (cancellation.IsCancellationRequested)
        {
            return null;
        }

        return points.Count >= FewestSteps
            ? new LearningRateSweep(points)
            : throw new MnistException("SweepDiverged", Fault.InvalidResult, FormattableString.Invariant(
                $"The loss grew beyond all use after {points.Count} of {steps} rates, and {FewestSteps} are needed to see where it falls. Give a -Minimum below {minimum}, or more -Steps."), minimum);
    }

    private static void Require(bool isMet, string id, string message, object? target)
    {
        if (!isMet)
        {
            throw new MnistException(id, Fault.InvalidArgument, message, target);
        }
    }
}

/// <summary>Sweeps in one precision.</summary>
internal sealed class LearningRateFinder<T>(
    MnistNetwork network, ImageSet images, TrainingOptions options, double minimum, int steps, CancellationToken cancellation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The loss of fewer images than these is noise; a step has more than one batch where batches are smaller.
    private const int FewestImages = 64;

    /// <summary>The points, one after another.</summary>
    public IEnumerable<LearningRatePoint> Sweep()
    {
        if (cancellation.IsCancellationRequested)
        {
            yield break;
        }

        NetworkState state = network.State;
        NumPyGenerator generator = state.Generator.Clone();
        using Workers workers = new(options.Threads);
        TrainingStep<T> trainingStep = new(network.Definition, state, options, workers, generator, cancellation);
        int batches = (FewestImages + options.BatchSize - 1) / options.BatchSize;
        int next = images.Count;
        int[]? order = null;
        SmoothedLoss smoothed = new();
        for (int step = 0; step < steps && !smoothed.IsHopeless; step++)
        {
            double rate = minimum * Math.Pow(options.LearningRate / minimum, (double)step / (steps - 1));
            EpochTotals totals = new();
            for (int batch = 0; batch < batches; batch++)
            {
                // A short batch at the end of the images is skipped: batch normalisation cannot learn from a single image.
                if (next + options.BatchSize > images.Count)
                {
                    next = 0;
                    order = options.Shuffle ? generator.Permutation(images.Count) : null;
                }

                if (trainingStep.Step(images, order, next, options.BatchSize, rate, totals, 0) is not null || cancellation.IsCancellationRequested)
                {
                    yield break;
                }

                next += options.BatchSize;
            }

            double loss = totals.Error / totals.Images;
            yield return new LearningRatePoint(rate, loss, smoothed.Add(loss));
        }
    }
}
