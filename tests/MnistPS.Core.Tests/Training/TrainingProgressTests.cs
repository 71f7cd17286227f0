using MnistPS.Training;

namespace MnistPS.Tests;

public class TrainingProgressTests
{
    [Fact]
    public void WhatIsLeftTakesAsLongAsWhatIsDoneDid()
    {
        TrainingProgress progress = new(Epoch: 1, Epochs: 4, Images: 30, Count: 60, Accuracy: 0.5, TimeSpan.FromSeconds(30));
        Assert.Equal(0.375, progress.Done);
        Assert.Equal(50, progress.SecondsLeft);
        Assert.Null((progress with { Epoch = 0, Images = 0 }).SecondsLeft);
    }

    [Fact]
    public void WhatIsLeftHasAnEndThatCanBeShown()
    {
        TrainingProgress progress = new(Epoch: 0, Epochs: int.MaxValue, Images: 1, Count: 60_000, Accuracy: 0, TimeSpan.FromMinutes(1));
        Assert.Equal(int.MaxValue, progress.SecondsLeft);
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(30, 0)]
    [InlineData(20, 0)]
    [InlineData(100, 50)]
    public void WhatIsLeftIsNoMoreThanTheLimitLeaves(int limit, int left)
    {
        TrainingProgress progress = new(Epoch: 1, Epochs: 4, Images: 30, Count: 60, Accuracy: 0.5, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(limit));
        Assert.Equal(left, progress.SecondsLeft);
    }
}
