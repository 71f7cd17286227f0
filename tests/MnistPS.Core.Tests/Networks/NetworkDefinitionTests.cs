using MnistPS.Networks;

namespace MnistPS.Tests;

public sealed class NetworkDefinitionTests
{
    /// <summary>
    /// Parameters without a gradient but for rounding: batch normalization cancels a constant per channel. Adam would take full steps by the rounding. x
    /// marks such parameters.
    /// </summary>
    [Theory]
    [InlineData("dense 20,batchnorm,relu,dense 10", ".x......")]
    [InlineData("dense 20,relu,batchnorm,dense 10", "........")]
    [InlineData("dense 20,dropout 0.5,batchnorm,dense 10", "........")]
    [InlineData("conv 4x5,pool 2,batchnorm,relu,dense 10", ".x......")]
    [InlineData("conv 4x5,relu,pool 2,batchnorm,dense 10", "........")]
    [InlineData("conv 4x5 same,batchnorm,dense 10", ".x......")]
    [InlineData("conv 4x5,conv 3x3,batchnorm,dense 10", ".x.x......")]
    [InlineData("conv 4x5,conv 3x3 same,batchnorm,dense 10", "...x......")]
    [InlineData("batchnorm,conv 4x5,pool 3,dense 20,batchnorm,tanh,dense 10", ".x...x.x......")]
    public void WhatBatchNormalizationTakesAwayStaysAsItIs(string layers, string expected)
    {
        ParameterDefinition[] parameters = [.. Sample.Network(layers).Definition.Parameters];
        Assert.Equal(expected, string.Concat(parameters.Select(parameter => parameter.IsNormalizedAway ? 'x' : '.')));
        foreach (TrainingOptions options in (TrainingOptions[])
        [
            Sample.Options() with { Optimizer = OptimizerKind.Adam, WeightDecay = 0.01 },

            // In place: layers add their gradients to the parameters.
            Sample.Options(),
        ])
        {
            MnistNetwork network = Sample.Network(layers);

            Sample.Train(network, Sample.Dataset(60, 10), options);

            Assert.All(parameters.Zip(network.State.Values), pair =>
            {
                (ParameterDefinition parameter, double[] values) = pair;
                bool isAdded = parameter.Role is ParameterRole.Bias or ParameterRole.Shift;
                Assert.Equal(parameter.IsNormalizedAway, isAdded && values.All(value => value == 0));
            });
        }
    }
}
