using System.Numerics;
using MnistPS.Execution;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

/// <summary>A convolution before a max pool, against one that does not skip zero gradients.</summary>
public sealed unsafe class PooledConvolutionTests
{
    /// <summary>Channels and filters that fill registers and that do not, and fewer images than slots.</summary>
    [Theory]
    [InlineData(13, 32, 64, 3, 20)]
    [InlineData(12, 3, 17, 5, 37)]
    [InlineData(9, 16, 5, 1, 3)]
    [InlineData(6, 40, 33, 6, 1)]
    public void ItsGradientsAreThoseOfAnyConvolution(int side, int channels, int filters, int kernel, int count)
    {
        AssertSame<float>(side, channels, filters, kernel, count, 1e-4);
        AssertSame<double>(side, channels, filters, kernel, count, 1e-12);
    }

    /// <summary>In a diverging training the padding is NaN too. It must not be taken for more channels.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(17)]
    public void WhatIsNotANumberStaysWithinItsChannels(int filters)
    {
        Activations<float> signal = new(new Shape(5, 5, filters), 1, withGradients: true);
        new Span<float>(signal.Gradients(0), signal.ImageStride).Fill(float.NaN);
        SparseGradients<float> gradients = new(signal, 7);

        gradients.Take(0);

        Assert.All(Enumerable.Range(0, 25), pixel => Assert.Equal(filters, gradients.ByPixel.Count(pixel)));
        Assert.All(Enumerable.Range(0, filters), channel => Assert.Equal(25, gradients.ByChannel.Count(channel)));
    }

    private static void AssertSame<T>(int side, int channels, int filters, int kernel, int count, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Workers workers = new(1);
        Batch<T> batch = new(count, workers) { IsTraining = true };
        batch.Take(Sample.Images(count, 1), null, 0, count);
        Activations<T> input = new(new Shape(side, side, channels), count, withGradients: true);
        Shape output = new(side - kernel + 1, side - kernel + 1, filters);
        Convolution<T> ordinary = new(input, new Activations<T>(output, count, withGradients: true), passesGradient: true);
        PooledConvolution<T> pooled = new(input, new Activations<T>(output, count, withGradients: true));
        Fill(new Random(1), input, input.Values(0), count, 1);

        double[][] expected = Gradients(ordinary, batch, input);
        double[][] actual = Gradients(pooled, batch, input);

        // Gradients of weights and biases are equal to the last bit: the sums differ by added zeros alone.
        Assert.Equal(expected[1..], actual[1..]);
        Assert.All(expected[0].Zip(actual[0]), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    /// <summary>The gradients of the input, weights and biases, twice: nothing is left over from the batch before.</summary>
    private static double[][] Gradients<T>(ConvolutionLayer<T> layer, Batch<T> batch, Activations<T> input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<double[]> all = [];
        Random random = new(2);
        double[] weights = [.. Enumerable.Range(0, layer.Parameters[0].Count).Select(_ => random.NextDouble() - 0.5)];
        layer.Parameters[0].Load(weights);
        foreach (Parameter<T> parameter in layer.Parameters)
        {
            parameter.SeparateGradients();
        }

        for (int i = 0; i < 2; i++)
        {
            Fill(random, layer.Output, layer.Output.Gradients(0), batch.Count, 0.2);
            layer.Begin(batch);
            for (int slot = 0; slot < Batch<T>.Slots; slot++)
            {
                layer.Backward(batch, layer.Output.Images(batch.SlotStart(slot), batch.SlotStart(slot + 1)), slot);
            }

            // The parts of two threads, of which the second may be all.
            int cut = layer.GradientRows / 3;
            if (cut > 0)
            {
                layer.AccumulateGradient(batch, 0, cut);
            }

            layer.AccumulateGradient(batch, cut, layer.GradientRows);
        }

        all.Add([.. new Span<T>(input.Gradients(0), batch.Count * input.ImageStride).ToArray().Select(double.CreateTruncating)]);
        foreach (Parameter<T> parameter in layer.Parameters)
        {
            double[] gradients = new double[parameter.Count];
            parameter.Store(parameter.Target, gradients);
            all.Add(gradients);
        }

        return [.. all];
    }

    /// <summary>Random values, a share of them nonzero, and zeros in the padding.</summary>
    private static void Fill<T>(Random random, Activations<T> signal, T* target, int count, double share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape shape = signal.Shape;
        for (int image = 0; image < count; image++)
        {
            for (int i = 0; i < shape.Size; i++)
            {
                T value = random.NextDouble() < share ? T.CreateTruncating(random.NextDouble() - 0.5) : T.Zero;
                target[image * signal.ImageStride + i / shape.Channels * signal.ChannelStride + i % shape.Channels] = value;
            }
        }
    }
}
