using CsCheck;
using MnistPS.Networks;

namespace MnistPS.Tests;

/// <summary>The gradient that the layers compute, against that which small changes of the parameters show.</summary>
public sealed class GradientTests
{
    /// <summary>Single layers, and the stacks in which layers may affect each other.</summary>
    public static TheoryData<string> Stacks =>
    [
        "dense 10",
        "dense 7,relu,dense 10",
        "dense 7,leakyrelu,dense 10",
        "dense 7,leakyrelu 0.3,dense 10",
        "dense 7,tanh,dense 10",
        "dense 7,sigmoid,dense 10",
        "dense 7,batchnorm,dense 10",
        "dense 7,dropout 0.4,dense 10",
        "dense 9,tanh,dropout 0.4,dense 10",
        "dense 9,sigmoid,leakyrelu,dense 10",
        "dense 9,leakyrelu,sigmoid,dropout 0.3,batchnorm,tanh,dense 10",
        "dense 9,relu,sigmoid,dense 10",
        "dense 9,tanh,sigmoid,dense 10,relu",
        "conv 3x5,dense 10",
        "conv 3x4 same,relu,dense 10",
        "conv 9x2 same,conv 2x3 same,dense 10",
        "conv 8x3,leakyrelu 0.2,conv 8x3,dense 10",
        "conv 2x5,pool 2,dropout 0.5,dense 10",
        "conv 2x5,pool 3,relu,dropout 0.5,dense 10",
        "conv 2x5,pool 2,leakyrelu,dense 10",
        "conv 2x5,pool 2,tanh,pool 2,dense 10",
        "conv 2x5,batchnorm,relu,pool 4,dense 10",
        "conv 3x3,relu,conv 17x4,relu,pool 2,dense 10",
        "conv 3x3,conv 5x4,pool 4,dense 10",
        "conv 17x5,tanh,conv 5x2 same,pool 3,conv 9x3,pool 2,sigmoid,dense 10",
        "pool 2,conv 3x3,sigmoid,batchnorm,dense 10",
        "batchnorm,conv 2x3,dense 10",
        "relu,dropout 0.2,dense 10",
        "conv 10x28",
        "dense 9,tanh,conv 7x1,leakyrelu,pool 1,dense 10",
        "conv 3x5,pool 1,conv 4x3,pool 1,tanh,dense 10",
    ];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void AStackHasItsNumericGradient(string layers)
    {
        // Fewer images than units, and more.
        foreach (int count in (int[])[1, 2, 5, 23])
        {
            AssertIsNumeric(layers, LossKind.CrossEntropy, 0.1, count, seed: count);
        }
    }

    [Fact]
    public void AnyStackHasItsNumericGradient()
    {
        // The same stacks in every run. In one of some thousand, two normalizations of a tiny batch leave too few digits for a difference of losses.
        var cases = Gen.Select(_stack, Gen.Enum<LossKind>(), Gen.Double[0, 0.3], Gen.Int[1, 9], Gen.Int[0, 1_000_000]);
        for (uint stream = 1; stream <= 60; stream++)
        {
            (string layers, LossKind loss, double smoothing, int count, int seed) = cases.Generate(new PCG(stream, 1), null, out _);
            AssertIsNumeric(layers, loss, smoothing, count, seed);
        }
    }

    private static readonly Gen<string> _word = Gen.OneOf(
        Gen.Int[1, 19].Select(n => $"dense {n}"),
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 6], (filters, kernel) => $"conv {filters}x{kernel}"),
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 6], (filters, kernel) => $"conv {filters}x{kernel} same"),
        Gen.Int[1, 4].Select(size => $"pool {size}"),
        Gen.Int[0, 5].Select(i => new[] { "relu", "leakyrelu", "tanh", "sigmoid", "batchnorm", "dropout 0.3" }[i]));

    private static readonly Gen<string> _stack = _word.Array[0, 5].Select(words => string.Join(',', [.. words, "dense 10"])).Where(Fits);

    private static bool Fits(string layers)
    {
        try
        {
            _ = new NetworkOptions { Layers = layers.Split(',') }.Define();
            return true;
        }
        catch (MnistException)
        {
            return false;
        }
    }

    private static void AssertIsNumeric(string layers, LossKind loss, double smoothing, int count, int seed)
    {
        NetworkDefinition definition = new NetworkOptions { Layers = layers.Split(','), Loss = loss, LabelSmoothing = smoothing }.Define();
        NumericGradient numeric = new(definition, Sample.Images(count, seed), seed);
        double[][] analytic = numeric.Analytic();
        Random random = new(seed);
        for (int parameter = 0; parameter < analytic.Length; parameter++)
        {
            double difference = 0;
            double size = 0;
            for (int draw = 0; draw < 5; draw++)
            {
                int place = random.Next(analytic[parameter].Length);

                // Null where the loss has a kink nearby and so no gradient.
                if (numeric.At(parameter, place) is double expected)
                {
                    double actual = analytic[parameter][place];
                    difference += (expected - actual) * (expected - actual);
                    size += expected * expected;
                }
            }

            // Where a gradient is 0, as that of a bias before a normalization, the rest is rounding.
            Assert.True(
                Math.Sqrt(difference) < 1e-6 * Math.Sqrt(size) + numeric.Rounding,
                $"{layers}, {count} images, seed {seed}: the gradient of parameter {parameter} is {Math.Sqrt(difference)} off, of {Math.Sqrt(size)}.");
        }
    }
}
