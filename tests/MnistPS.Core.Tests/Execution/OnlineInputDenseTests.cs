using CsCheck;
using MnistPS.Execution;
using MnistPS.Losses;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

/// <summary>A first layer with blocks of delayed updates computes what one that updates its weights after each image computes.</summary>
public sealed unsafe class OnlineInputDenseTests
{
    private const double Rate = 0.01;

    [Fact]
    public void RunsOfImagesAreImagesOneByOne()
        => Gen.Select(Gen.Int[1, 130], Gen.Int[0, 9], Gen.Int[1, 150], Gen.Bool, Gen.Bool, Gen.Int[0, 99999])
            .Sample((count, reserved, units, isTutorial, isShuffled, seed) =>
            {
                NetworkDefinition definition = isTutorial
                    ? NetworkDefinition.Tutorial([units], 0.5, 0.1)
                    : Sample.Network($"dense {units},tanh,dropout 0.3,dense 21,sigmoid,dense 10").Definition;
                MnistNetwork network = new(definition, (ulong)seed);
                ImageSet images = Sample.Images(count + reserved, seed);
                int[] order = [.. Enumerable.Range(0, count)];
                if (isShuffled)
                {
                    new Random(seed).Shuffle(order);
                }

                double[] expectedOutputs = Learn(network, images, isShuffled ? order : null, count, isOnline: false, out double[][] expected);
                double[] outputs = Learn(network, images, isShuffled ? order : null, count, isOnline: true, out double[][] values);
                AssertClose(expectedOutputs, outputs);
                Assert.All(expected.Zip(values), pair => AssertClose(pair.First, pair.Second));
            }, iter: 60);

    /// <summary>The layers before a dense one: convolutions, pools, activations, batch normalization, other dense layers.</summary>
    [Theory]
    [InlineData("conv 3x5,relu,pool 2,dense 10")]
    [InlineData("conv 3x5,leakyrelu,conv 4x3 same,sigmoid,dense 12,tanh,dense 10")]
    [InlineData("conv 2x7,batchnorm,tanh,dense 10")]
    [InlineData("dropout 0.2,dense 10")]
    [InlineData("pool 4,dense 19,relu,dense 10")]
    [InlineData("tanh,dense 33,dense 21,dense 13,dense 10")]
    [InlineData("dense 27,batchnorm,relu,dropout 0.4,dense 11,sigmoid,dense 10")]
    public void WhatADenseLayerPassesOnIsTheSame(string layers)
    {
        MnistNetwork network = Sample.Network(layers);
        ImageSet images = Sample.Images(45, 2);
        double[] expectedOutputs = Learn(network, images, null, 45, isOnline: false, out double[][] expected);
        double[] outputs = Learn(network, images, null, 45, isOnline: true, out double[][] values);
        AssertClose(expectedOutputs, outputs);
        Assert.All(expected.Zip(values), pair => AssertClose(pair.First, pair.Second));
    }

    /// <summary>A training that ends before, at or after the end of a block of forty images, as one with a time limit does.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(41)]
    public void WhatHasBeenLearnedInARunIsNotLost(int count)
    {
        MnistNetwork network = Sample.Network("dense 17,tanh,dense 10");
        ImageSet images = Sample.Images(60, 1);
        Learn(network, images, null, count, isOnline: false, out double[][] expected, ends: 60);
        Learn(network, images, null, count, isOnline: true, out double[][] actual, ends: 60);
        Assert.All(expected.Zip(actual), pair => AssertClose(pair.First, pair.Second));
    }

    /// <summary>Two epochs of plain gradient descent, the second in the opposite order.</summary>
    /// <returns>All outputs.</returns>
    private static double[] Learn(
        MnistNetwork network, ImageSet images, int[]? order, int count, bool isOnline, out double[][] values, int? ends = null)
    {
        Model<double> model = new(network.Definition, 1, isTraining: true, isOnline ? Workers.Alone : null);
        model.Load(network.State.Values);
        Loss<double> loss = Loss<double>.Create(network.Loss, 0);
        Batch<double> batch = new(1, Workers.Alone)
        {
            IsTraining = true, Generator = network.State.Generator.Clone(), Reserved = images.Count - (ends ?? count),
        };
        List<double> outputs = [];
        for (int epoch = 0; epoch < (ends is null ? 2 : 1); epoch++)
        {
            int[]? orderNow = epoch == 0 ? order : order?.Reverse().ToArray();
            for (int i = 0; i < count; i++)
            {
                batch.Take(images, orderNow, i, 1);
                model.Forward(batch);
                outputs.AddRange(new ReadOnlySpan<double>(model.Outputs(0), Loss<double>.Classes));
                loss.Gradient(model.Outputs(0), batch.LabelOf(0), -Rate, model.OutputGradients(0));
                model.Backward(batch);
            }
        }

        model.ApplyDelayedUpdates();
        values = model.Store();
        return [.. outputs];
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
