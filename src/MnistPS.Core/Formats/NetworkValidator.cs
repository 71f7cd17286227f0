using System.Collections.Immutable;
using MnistPS.Networks;
using MnistPS.Optimizers;

namespace MnistPS.Formats;

/// <summary>Checks a network and its training. Writers and readers of files both call it, so no file is written that could not be read.</summary>
internal static class NetworkValidator
{
    // A billion steps per second for eleven days. The bound keeps the count from overflowing.
    private const long MostSteps = 1_000_000_000_000_000;

    /// <summary>Checks every value and option. The shapes must fit already.</summary>
    /// <exception cref="FormatException">A value is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Check(NetworkDefinition definition, NetworkState state, TrainingPosition? position, CancellationToken cancellation)
    {
        Require(Enum.IsDefined(definition.Loss), "loss", definition.Loss);
        Require(definition.LabelSmoothing is >= 0 and < 1, "label smoothing", definition.LabelSmoothing);
        Require(Enum.IsDefined(definition.Initializer), "initializer", definition.Initializer);
        Require(double.IsFinite(definition.WeightRange) && definition.WeightRange > 0, "weight range", definition.WeightRange);

        TrainingDefaults defaults = definition.Defaults;
        Require(defaults.Epochs >= 1, "number of epochs", defaults.Epochs);
        Require(defaults.BatchSize >= 1, "batch size", defaults.BatchSize);
        Require(Enum.IsDefined(defaults.Optimizer), "optimizer", defaults.Optimizer);
        Require(double.IsFinite(defaults.LearningRate) && defaults.LearningRate > 0, "learning rate", defaults.LearningRate);
        Require(Enum.IsDefined(defaults.Schedule), "schedule", defaults.Schedule);
        Require(Enum.IsDefined(defaults.Precision), "precision", defaults.Precision);

        CheckCalibration(definition, state.Calibration);
        CheckHistory(state.History);
        CheckRuns(state);
        CheckNumbers(definition, state, cancellation);
        if (position is not null)
        {
            int done = state.History.Count - position.FirstEpoch;
            Require(position.FirstEpoch >= 0 && done >= 0 && done <= position.Options.Epochs, "first epoch", position.FirstEpoch);
            Require(position.IsFinished || done < position.Options.Epochs, "number of epochs", position.Options.Epochs);
            if (position.Watch is { } watch)
            {
                Require(watch.Waited >= 0 && watch.Waited <= done, "number of epochs without a better one", watch.Waited);
                Require(watch.Best is null == (done == 0) && (watch.Best is null || double.IsFinite(watch.BestError)), "best error", watch.BestError);
                if (watch.Best is not null)
                {
                    CheckNumbers(definition, watch.Best, cancellation);
                }
            }
        }
    }

    private static void CheckCalibration(NetworkDefinition definition, NetworkCalibration? calibration)
    {
        if (calibration is null)
        {
            return;
        }

        Require(definition.Loss == LossKind.CrossEntropy, "calibration with the loss", definition.Loss);
        Require(double.IsFinite(calibration.Temperature) && calibration.Temperature > 0, "temperature", calibration.Temperature);
        Require(calibration.Tail is { Length: NetworkCalibration.TailCount }, "number of residuals", calibration.Tail?.Length);
        foreach ((int i, double residual) in calibration.Tail!.Index())
        {
            Require(residual >= 0 && residual <= (i == 0 ? float.MaxValue : calibration.Tail![i - 1]), $"residual {i}", residual);
        }

        foreach (float number in calibration.Forms.Numbers)
        {
            Require(float.IsFinite(number), "number in calibration.forms", number);
        }
    }

    private static void CheckHistory(ImmutableList<EpochMetrics> history)
    {
        foreach ((int i, EpochMetrics? epoch) in history.Index())
        {
            Require(epoch?.Epoch == i, $"epoch {i}", epoch?.Epoch);
            foreach ((string name, double? number, double most) in (ReadOnlySpan<(string, double?, double)>)
            [
                ("training error", epoch!.TrainingError, double.PositiveInfinity),
                ("training accuracy", epoch.TrainingAccuracy, 1),
                ("validation error", epoch.ValidationError, double.MaxValue),
                ("validation accuracy", epoch.ValidationAccuracy, 1),
                ("test error", epoch.TestError, double.MaxValue),
                ("test accuracy", epoch.TestAccuracy, 1),
                ("learning rate", epoch.LearningRate, double.MaxValue),
                ("time", epoch.Elapsed.Ticks, double.MaxValue),
                ("speed", epoch.ImagesPerSecond, double.PositiveInfinity),
            ])
            {
                Require(number is null || (number >= 0 && number <= most), $"{name} of epoch {i}", number);
            }

            Require(epoch.ValidationError is null == epoch.ValidationAccuracy is null, $"validation accuracy of epoch {i}", epoch.ValidationAccuracy);
            Require(epoch.TestError is null == epoch.TestAccuracy is null, $"test accuracy of epoch {i}", epoch.TestAccuracy);
        }
    }

    // Each training has at least one epoch, and each epoch belongs to one training.
    private static void CheckRuns(NetworkState state)
    {
        Require(state.Runs.IsEmpty == state.History.IsEmpty, "number of trainings", state.Runs.Count);
        int least = 0;
        foreach ((int i, TrainingRun? run) in state.Runs.Index())
        {
            Require(run is not null && run.FirstEpoch >= least && run.FirstEpoch < state.History.Count && (i > 0 || run.FirstEpoch == 0),
                $"first epoch of training {i}", run?.FirstEpoch);
            Require(run!.TrainingCount >= 1 && run.TestCount >= 0 && run.ValidationSetCount >= 0, $"number of images of training {i}", run.TrainingCount);
            least = run.FirstEpoch + 1;
        }
    }

    private static void CheckNumbers(NetworkDefinition definition, NetworkState state, CancellationToken cancellation)
    {
        Require(Enum.IsDefined(state.Precision), "precision", state.Precision);

        // PCG64 has its full period only with an odd increment.
        Require((state.Generator.State.Increment & 1) == 1, "increment of the generator", state.Generator.State.Increment);
        double most = state.Precision == Precision.Single ? float.MaxValue : double.MaxValue;
        foreach ((NetworkTensor tensor, double[] numbers) in NetworkTensor.ParametersOf(definition).Zip(state.Values))
        {
            CheckTensor(tensor, numbers, most, cancellation);
        }

        if (state.Optimizer is not { } optimizer)
        {
            return;
        }

        Require(Enum.IsDefined(optimizer.Kind), "optimizer", optimizer.Kind);
        Require(optimizer.StepCount is >= 0 and <= MostSteps, "number of steps", optimizer.StepCount);
        int moments = optimizer.Moments.Length / definition.MovedParameters.Count;
        Require(Fits(optimizer.Kind, moments), $"number of moments of {optimizer.Kind}", moments);
        foreach ((NetworkTensor tensor, double[] numbers) in NetworkTensor.MomentsOf(definition, moments).Zip(optimizer.Moments))
        {
            CheckTensor(tensor, numbers, most, cancellation);
        }
    }

    // Plain gradient descent has no moments, or one with weight decay.
    private static bool Fits(OptimizerKind kind, int moments) => kind switch
    {
        OptimizerKind.Sgd => moments is 0 or 1,
        OptimizerKind.Momentum or OptimizerKind.Nesterov => moments == 1,
        _ => moments == 2,
    };

    private static void CheckTensor(NetworkTensor tensor, double[] numbers, double most, CancellationToken cancellation)
    {
        double least = tensor.IsNonNegative ? 0 : -most;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i % NetworkTensor.ChunkNumbers == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (!(numbers[i] >= least && numbers[i] <= most))
            {
                Require(false, $"number in {tensor.Name}", numbers[i]);
            }
        }
    }

    private static void Require(bool isMet, string what, object? found)
    {
        if (!isMet)
        {
            throw new FormatException(FormattableString.Invariant($"Its {what} cannot be {found ?? "nothing"}."));
        }
    }
}
