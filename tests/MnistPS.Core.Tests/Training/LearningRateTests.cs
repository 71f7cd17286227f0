using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>The edge cases of OneCycle and Cosine. The trajectories compare them with PyTorch step by step.</summary>
public sealed class LearningRateTests
{
    [Theory]
    [InlineData(LearningRateSchedule.Constant, 0, 2)]
    [InlineData(LearningRateSchedule.Constant, 99, 2)]
    [InlineData(LearningRateSchedule.Step, 0, 2)]
    [InlineData(LearningRateSchedule.Step, 33, 2)]
    [InlineData(LearningRateSchedule.Step, 34, 0.2)]
    [InlineData(LearningRateSchedule.Step, 66, 0.2)]
    [InlineData(LearningRateSchedule.Step, 67, 0.02)]
    [InlineData(LearningRateSchedule.Step, 99, 0.02)]
    [InlineData(LearningRateSchedule.Cosine, 0, 2)]
    [InlineData(LearningRateSchedule.Cosine, 50, 1)]
    [InlineData(LearningRateSchedule.OneCycle, 0, 0.08)]
    [InlineData(LearningRateSchedule.OneCycle, 29, 2)]
    [InlineData(LearningRateSchedule.OneCycle, 99, 2.0 / 250_000)]
    public void AHundredStepsHaveTheseRates(LearningRateSchedule schedule, long step, double expected)
        => Assert.Equal(expected, LearningRate.At(schedule, 2, step, 100), 1e-12);

    [Fact]
    public void EveryRateIsANumberFromZeroToTheGivenOneHoweverFewSteps()
    {
        foreach (LearningRateSchedule schedule in Enum.GetValues<LearningRateSchedule>())
        {
            for (long count = 1; count < 30; count++)
            {
                for (long step = 0; step < count; step++)
                {
                    Assert.InRange(LearningRate.At(schedule, 2, step, count), 0, 2);
                }
            }
        }
    }
}
