using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

public class EarlyStoppingTests
{
    /// <summary>Only consecutive epochs count, and an equal error is no improvement.</summary>
    [Theory]
    [InlineData(2, new[] { 3.0, 2.0, 2.5, 1.9, 1.95, 1.92 }, 3)]
    [InlineData(1, new[] { 3.0, 2.0, 2.0 }, 1)]
    [InlineData(2, new[] { 3.0, 3.0, 3.0 }, 0)]
    [InlineData(3, new[] { 1.0, 2.0, 2.0, 0.5, double.NaN, double.PositiveInfinity, 0.5 }, 3)]
    public void TrainingEndsWithTheLastErrorAndTheBestIsKept(int patience, double[] errors, int best)
    {
        NetworkState state = Sample.Network("dense 10").State;
        NetworkState[] states = [.. errors.Select((_, epoch) => state with { Values = [[epoch]] })];
        EarlyStopping stopping = new(patience);
        for (int epoch = 0; epoch < errors.Length; epoch++)
        {
            Assert.Equal(epoch == errors.Length - 1, stopping.IsOver(errors[epoch], states[epoch]));
        }

        Assert.Same(states[best], stopping.State.Best);
    }
}
