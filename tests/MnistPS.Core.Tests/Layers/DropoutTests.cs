using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

public sealed unsafe class DropoutTests
{
    private const int Images = 50;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void AShareIsDroppedAndTheRestMadeUpForIt(double rate)
    {
        double[] values = Apply<double>(rate, new Shape(1, 1, 401), threads: 1, seed: 1);
        Assert.All(values, value => Assert.True(value == 0 || Math.Abs(value - 1 / (1 - rate)) < 1e-15));
        Assert.Equal(rate, values.Count(value => value == 0) / (double)values.Length, 0.01);
    }

    [Fact]
    public void MasksAreTheSameInBothPrecisionsAndOnAnyThreads()
    {
        foreach (Shape shape in (Shape[])[new(1, 1, 100), new(1, 1, 13), new(3, 5, 7)])
        {
            bool[] expected = [.. Apply<double>(0.5, shape, threads: 1, seed: 2).Select(value => value == 0)];
            Assert.Equal(expected, Apply<float>(0.5, shape, threads: 1, seed: 2).Select(value => value == 0));
            Assert.Equal(expected, Apply<double>(0.5, shape, threads: 3, seed: 2).Select(value => value == 0));
            Assert.NotEqual(expected, Apply<double>(0.5, shape, threads: 1, seed: 3).Select(value => value == 0));
        }
    }

    [Fact]
    public void ImagesAndChannelsHaveMasksOfTheirOwn()
    {
        double[] values = Apply<double>(0.5, new Shape(2, 2, 64), threads: 1, seed: 4);
        Assert.Equal(values.Length / 64, values.Chunk(64).Select(channels => string.Join(' ', channels)).Distinct().Count());
    }

    /// <summary>What becomes of ones.</summary>
    private static double[] Apply<T>(double rate, Shape shape, int threads, ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using Workers workers = new(threads);
        Activations<T> signal = new(shape, Images, withGradients: true);
        for (int image = 0; image < Images; image++)
        {
            new Span<T>(signal.Values(image), signal.ImageStride).Fill(T.One);
        }

        Batch<T> batch = new(Images, workers) { IsTraining = true, Generator = new NumPyGenerator(seed) };
        batch.Take(Sample.Images(Images, 1), null, 0, Images);
        Dropout<T> dropout = new(signal, rate, Images);
        dropout.Begin(batch);
        workers.For(Images, long.MaxValue, (from, to) => dropout.Forward(batch, signal.Images(from, to)));

        List<double> values = [];
        for (int image = 0; image < Images; image++)
        {
            for (int pixel = 0; pixel < shape.Rows * shape.Columns; pixel++)
            {
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    values.Add(double.CreateTruncating(signal.Values(image)[pixel * signal.ChannelStride + channel]));
                }
            }
        }

        return [.. values];
    }
}
