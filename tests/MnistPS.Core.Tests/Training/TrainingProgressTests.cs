using MnistPS.Training;

namespace MnistPS.Tests;

public class TrainingProgressTests
{
    [Fact]
    public void WhatIsLeftTakesAsLongAsWhatIsDoneDid()
    {
        TrainingProgress progress = new(Epoch: 1, Epochs: 4, Images: 30, Count: 60, Accuracy: 0.5, TimeSpan.FromSeconds(30));
        Assert.Equal(0.375, progress.Done);
        Assert.Equal(TimeSpan.FromSeconds(50), progress.Left);
        Assert.Equal(TimeSpan.Zero, (progress with { Epoch = 0, Images = 0 }).Left);
    }

    [Fact]
    public void WhatIsLeftHasAnEndThatCanBeShown()
    {
        TrainingProgress progress = new(Epoch: 0, Epochs: int.MaxValue, Images: 1, Count: 60_000, Accuracy: 0, TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(int.MaxValue), progress.Left);
    }
}
