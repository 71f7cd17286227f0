using System.Runtime.CompilerServices;

namespace MnistPS.Training;

/// <summary>The learning rate of a step.</summary>
internal static class LearningRate
{
    private const double OneCycleRise = 0.3;
    private const double OneCycleStart = 1.0 / 25;
    private const double OneCycleEnd = 1.0 / 25 / 10_000;

    /// <summary>The rate of a step, from 0, out of <paramref name="stepCount"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double At(LearningRateSchedule schedule, double rate, long step, long stepCount)
    {
        double done = (double)step / stepCount;
        return schedule switch
        {
            LearningRateSchedule.Constant => rate,
            LearningRateSchedule.Step => rate * Math.Pow(0.1, Math.Floor(3 * done)),
            LearningRateSchedule.Cosine => rate * Cosine(1, 0, done),
            LearningRateSchedule.OneCycle => rate * OneCycle(step, stepCount),
            _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
        };
    }

    private static double OneCycle(long step, long stepCount)
    {
        double top = OneCycleRise * stepCount - 1;
        return step <= top
            ? Cosine(OneCycleStart, 1, top > 0 ? step / top : 1)
            : Cosine(1, OneCycleEnd, (step - top) / Math.Max(1, stepCount - 1 - top));
    }

    /// <summary>Interpolates along half a cosine.</summary>
    private static double Cosine(double from, double to, double done) => to + (from - to) * (1 + Math.Cos(Math.PI * done)) / 2;
}
