using MnistPS.Numerics;

namespace MnistPS.Tests;

public class PanelsTests
{
    [Theory]
    [InlineData(1, 64)]
    [InlineData(10, 16)]
    [InlineData(100, 64)]
    [InlineData(784_000, 16)]
    [InlineData(16_777_216, 16)]
    public void PanelsHaveEachNumberOnce(int numbers, int widest)
    {
        Panels<double> panels = new(numbers, widest);
        Assert.Equal(0, panels.Start(0));
        Assert.Equal(Buffer<double>.Pad(numbers), panels.Length);
        Assert.Equal(numbers, Enumerable.Range(0, panels.Count).Sum(panels.UnitCount));
        for (int panel = 0; panel < panels.Count; panel++)
        {
            Assert.InRange(panels.Width(panel), 1, widest);
        }
    }
}
