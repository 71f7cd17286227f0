using MnistPS.Execution;
using MnistPS.Networks;
using MnistPS.Tensors;
using Xunit;

namespace MnistPS.Tests;

public sealed class ExecutionPlanTests
{
    private const int Capacity = 128;

    [Fact]
    public void ANarrowDenseLayerGoesWithTheImages()
        => AssertPlan("dense 100, relu, dense 10", "Images: dense 100 of pixels, relu, dense 10");

    [Fact]
    public void AWideDenseLayerIsSharedOutByUnitsAndSoAreThoseBehindIt() => AssertPlan(
        "dense 512, relu, dropout 0.2, dense 10",
        "Dense: dense 512 of pixels, relu, dropout 0.2",
        "Dense: dense 10");

    [Fact]
    public void ASingleImageIsSharedOutByUnits() => AssertPlan(
        1, "dense 100, tanh, dense 10",
        "Dense: dense 100 of pixels, tanh",
        "Dense: dense 10");

    [Fact]
    public void AConvolutionIsFusedWithThePoolBehindItAndTheReluComesLast() => AssertPlan(
        "conv 8x5, relu, pool 2, conv 16x3 same, relu, dense 10",
        "Images: pixels, conv 8x5 + pool 2, relu, pad 2, conv 16x3, relu, flatten, dense 10");

    [Fact]
    public void OtherActivationsStayInFrontOfThePool() => AssertPlan(
        "conv 8x5, leakyrelu, pool 2, conv 8x3, sigmoid, pool 2, dense 10",
        "Images: pixels, conv 8x5, leakyrelu, pool 2, conv 8x3, sigmoid, pool 2, flatten, dense 10");

    [Fact]
    public void APoolOfOneIsNotFused()
        => AssertPlan("conv 4x3, pool 1, dense 10", "Images: pixels, conv 4x3, pool 1, flatten, dense 10");

    [Theory]
    [InlineData("tanh, dropout 0.5", "tanh, copy, dropout 0.5")]
    [InlineData("sigmoid, leakyrelu", "sigmoid, copy, leakyrelu")]
    [InlineData("tanh, relu", "tanh, relu")]
    [InlineData("tanh, relu, dropout 0.5", "tanh, relu, copy, dropout 0.5")]
    [InlineData("tanh, dropout 0.5, dropout 0.5", "tanh, copy, dropout 0.5, dropout 0.5")]
    [InlineData("relu, dropout 0.5", "relu, dropout 0.5")]
    public void WhatIsReadOnTheWayBackIsCopiedBeforeItIsOverwritten(string layers, string planned)
        => AssertPlan($"dense 20, {layers}, dense 10", $"Images: dense 20 of pixels, {planned}, dense 10");

    [Fact]
    public void BatchNormalizationTakesTheBatchAsAWhole() => AssertPlan(
        "conv 8x3, batchnorm, relu, dense 200, batchnorm, relu, dense 10",
        "Images: pixels, conv 8x3",
        "Batch: batchnorm",
        "Images: relu, flatten",
        "Dense: dense 200",
        "Batch: batchnorm",
        "Images: relu, dense 10");

    [Fact]
    public void GradientsPassWhereALayerInFrontLearns()
    {
        ExecutionPlan plan = new(Define("pool 2, conv 4x3, relu, conv 4x3, dense 10"), Capacity);
        Assert.Equal(
            ["pixels False", "pool 2 False", "conv 4x3 False", "relu True", "conv 4x3 True", "flatten True", "dense 10 True"],
            plan.Stages.SelectMany(stage => stage.Layers).Select(layer => $"{layer.Definition} {layer.PassesGradient}"));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void EachParameterOfANetworkIsPlannedOnceInItsOrder(NetworkPreset preset)
    {
        NetworkDefinition definition = new NetworkOptions { Preset = preset }.Define();
        Shape shape = Shape.Image;
        List<int> counts = [];
        foreach (PlannedLayer layer in new ExecutionPlan(definition, Capacity).Stages.SelectMany(stage => stage.Layers))
        {
            counts.AddRange(layer.Definition.ParametersFor(shape).Select(parameter => parameter.Count));
            shape = layer.Definition.OutputOf(shape)!.Value;
        }

        Assert.Equal(definition.Parameters.Select(parameter => parameter.Count), counts);
        Assert.Equal(Shape.Units(10), shape);
    }

    public static TheoryData<NetworkPreset> Presets => [.. Enum.GetValues<NetworkPreset>()];

    private static NetworkDefinition Define(string layers) => new NetworkOptions { Layers = layers.Split(", ") }.Define();

    private static void AssertPlan(string layers, params string[] stages) => AssertPlan(Capacity, layers, stages);

    private static void AssertPlan(int capacity, string layers, params string[] stages)
        => Assert.Equal(stages, new ExecutionPlan(Define(layers), capacity).Stages.Select(stage => stage.ToString()));
}
