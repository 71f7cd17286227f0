using MnistPS.Execution;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

public sealed unsafe class ParameterTests
{
    /// <summary>Every value moves exactly once: an optimizer relies on it.</summary>
    [Theory]
    [InlineData("dense 10", 7)]
    [InlineData("dense 503,relu,dropout 0.3,dense 197,batchnorm,tanh,dense 10", 35)]
    [InlineData("dense 503,relu,dense 503,tanh,dense 10", 1)]
    [InlineData("dense 100,relu,dense 10", 128)]
    [InlineData("dense 160,relu,dense 10", 160)]
    [InlineData("dense 127,relu,dense 10", 7)]
    [InlineData("conv 5x5,batchnorm,relu,pool 2,conv 9x3 same,relu,pool 2,conv 7x2,leakyrelu,pool 3,dense 30,sigmoid,dense 10", 35)]
    public void ALayerSaysOnceABatchThatAGradientIsKnown(string layers, int count)
    {
        foreach (int threads in (int[])[1, 2, 3])
        {
            using Workers workers = new(threads);
            Model<double> model = new(Sample.Network(layers).Definition, count, isTraining: true);
            Parameter<double>[] parameters = [.. model.Parameters.Where(parameter => parameter.IsTrained)];
            int[][] moves = [.. parameters.Select(parameter => new int[parameter.Length])];
            foreach ((Parameter<double> parameter, int[] times) in parameters.Zip(moves))
            {
                parameter.SeparateGradients((start, length) =>
                {
                    Assert.Equal((0, 0), (start % Buffer<double>.Pad(1), length % Buffer<double>.Pad(1)));
                    foreach (ref int time in times.AsSpan(start, length))
                    {
                        Interlocked.Increment(ref time);
                    }
                });
            }

            Batch<double> batch = new(count, workers) { IsTraining = true, Generator = new NumPyGenerator(1) };
            for (int step = 1; step <= 2; step++)
            {
                batch.Take(Sample.Images(count, 1), null, 0, count);
                model.Forward(batch, (_, _) => { });
                model.Backward(batch);
                Assert.All(moves, times => Assert.All(times, time => Assert.Equal(step, time)));
            }
        }
    }
}
