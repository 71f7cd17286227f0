using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Tests;

public sealed class NetworkOptionsTests
{
    private static readonly Dictionary<string, NetworkOptions> _contradictions = new()
    {
        ["-Layer, -HiddenSize"] = new() { Preset = NetworkPreset.Mlp, Layers = ["dense 10"], HiddenSize = [5] },
        ["-Activation, -DropoutRate"] = new() { Preset = NetworkPreset.ConvNet, Activation = Activation.Tanh, DropoutRate = 0.1 },
        ["-BatchNormalization, -Loss"] = new() { Preset = NetworkPreset.ConvNet, BatchNormalization = true, Loss = LossKind.SquaredError },
        ["-Initializer, -WeightRange"] = new() { Preset = NetworkPreset.Mlp, Initializer = Initializer.He, WeightRange = 0.2 },
        ["-Preset, -HiddenSize"] = new() { Preset = NetworkPreset.Tutorial, Layers = ["dense 10"], HiddenSize = [5] },
        ["-DropoutRate, -BatchNormalization"] = new() { Layers = ["dense 10"], DropoutRate = 0.1, BatchNormalization = true },
        ["-Preset Tutorial is the tutorial's network"] = new() { Preset = NetworkPreset.Tutorial, Loss = LossKind.CrossEntropy },
        ["-Initializer Glorot has a range of its own"] = new() { Layers = ["dense 10"], Initializer = Initializer.Glorot, WeightRange = 0.2 },
    };

    private static readonly Dictionary<string, NetworkOptions> _outOfRange = new()
    {
        ["-HiddenSize has no number"] = new() { HiddenSize = [] },
        ["-HiddenSize has 0"] = new() { HiddenSize = [5, 0] },
        ["-HiddenSize has -1"] = new() { HiddenSize = [-1] },
        ["-HiddenSize has 65537"] = new() { HiddenSize = [65537] },
        ["-DropoutRate is 1"] = new() { DropoutRate = 1 },
        ["-DropoutRate is -0.1"] = new() { DropoutRate = -0.1 },
        ["-DropoutRate is NaN"] = new() { DropoutRate = double.NaN },
        ["-LabelSmoothing is 1"] = new() { LabelSmoothing = 1 },
        ["-WeightRange is 0"] = new() { WeightRange = 0 },
        ["-WeightRange is NaN"] = new() { WeightRange = double.NaN },
        ["-WeightRange is Infinity"] = new() { WeightRange = double.PositiveInfinity },
    };

    public static TheoryData<string> Contradictions => [.. _contradictions.Keys];

    public static TheoryData<string> OutOfRange => [.. _outOfRange.Keys];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void AContradictionIsRefusedWithTheNamesOfBoth(string part)
    {
        MnistException fault = Assert.Throws<MnistException>(() => _contradictions[part].Define());
        Assert.Equal("ContradictingParameters", fault.Id);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void AValueOutOfRangeIsRefused(string part)
    {
        MnistException fault = Assert.Throws<MnistException>(() => _outOfRange[part].Define());
        Assert.EndsWith("OutOfRange", fault.Id, StringComparison.Ordinal);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingSaidIsTheTutorialsNetwork()
    {
        MnistNetwork network = new(new NetworkOptions().Define(), 1);
        Assert.Equal("dense 100, relu, dropout 0.5, dense 10", network.ToString());
        Assert.Equal(79_400, network.ParameterCount);
        Assert.Equal((LossKind.SquaredError, Precision.Double), (network.Loss, network.Precision));
        Assert.All(network.State.Values, values => Assert.All(values, value => Assert.InRange(value, -0.1, 0.1)));
    }

    [Fact]
    public void AWordOfOrdinaryLayersMakesAnOrdinaryNetwork()
    {
        NetworkOptions options = new() { HiddenSize = [20, 30], Activation = Activation.Tanh, DropoutRate = 0.2, BatchNormalization = true };
        MnistNetwork network = new(options.Define(), 1);
        Assert.Equal("dense 20, batchnorm, tanh, dropout 0.2, dense 30, batchnorm, tanh, dropout 0.2, dense 10", network.ToString());
        Assert.Equal(LossKind.CrossEntropy, network.Loss);
    }

    [Theory]
    [InlineData(NetworkPreset.Tutorial, 79_400)]
    [InlineData(NetworkPreset.Mlp, 784 * 512 + 512 + 512 * 512 + 512 + 5130)]
    [InlineData(NetworkPreset.ConvNet, 416 + 32 + 12_832 + 64 + 65_664 + 1290)]
    public void PresetsHaveTheirParameters(NetworkPreset preset, int expected)
        => Assert.Equal(expected, new MnistNetwork(new NetworkOptions { Preset = preset }.Define(), 1).ParameterCount);

    [Theory]
    [InlineData(Initializer.He, 6.0 / 784)]
    [InlineData(Initializer.Glorot, 6.0 / (784 + 100))]
    [InlineData(Initializer.Uniform, 0.1 * 0.1)]
    public void InitializersDrawWithinTheirRange(Initializer initializer, double square)
    {
        double[] weights = new MnistNetwork(new NetworkOptions { Initializer = initializer }.Define(), 1).State.Values[0];
        double limit = Math.Sqrt(square);
        Assert.InRange(weights.Max(), 0.99 * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.99 * limit);
    }

    /// <summary>The inputs of a convolution's unit are its patch; its outputs are as many pixels of each filter.</summary>
    [Theory]
    [InlineData(Initializer.He, 6.0 / (16 * 9))]
    [InlineData(Initializer.Glorot, 6.0 / (16 * 9 + 32 * 9))]
    public void InitializersCountThePixelsOfAConvolution(Initializer initializer, double square)
    {
        NetworkOptions options = new() { Layers = ["conv 16x5", "conv 32x3", "dense 10"], Initializer = initializer };
        double[] weights = new MnistNetwork(options.Define(), 1).State.Values[2];
        double limit = Math.Sqrt(square);
        Assert.Equal(32 * 16 * 9, weights.Length);
        Assert.InRange(weights.Max(), 0.99 * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.99 * limit);
    }

    [Theory]
    [InlineData(NetworkPreset.Mlp)]
    [InlineData(NetworkPreset.ConvNet)]
    public void APresetMayHaveItsLabelsSmoothed(NetworkPreset preset)
        => Assert.Equal(0.1, new NetworkOptions { Preset = preset, LabelSmoothing = 0.1 }.Define().LabelSmoothing);

    [Fact]
    public void ARangeMakesWeightsUniform()
    {
        NetworkDefinition definition = new NetworkOptions { Layers = ["dense 10"], WeightRange = 0.3 }.Define();
        Assert.Equal((Initializer.Uniform, 0.3), (definition.Initializer, definition.WeightRange));
        Assert.InRange(new MnistNetwork(definition, 1).State.Values[0].Max(), 0.299, 0.3);
    }

    [Theory]
    [InlineData("layer 2, 'pool 3', does not fit onto (2, 2, 4)", "conv 4x27", "pool 3", "dense 10")]
    [InlineData("layer 3, 'conv 3x5', does not fit onto (10)", "dense 10", "relu", "conv 3x5")]
    [InlineData("the last layer gives (20), and the ten digits want (10): end with 'dense 10'", "dense 20")]
    [InlineData("the last layer gives (28, 28, 1)", "relu")]
    public void LayersThatDoNotFitAreListedWithTheirShapes(string reason, params string[] layers)
    {
        MnistException fault = Assert.Throws<MnistException>(() => new NetworkOptions { Layers = layers }.Define());
        Assert.Equal("LayersDoNotFit", fault.Id);
        Assert.StartsWith($"The layers do not fit: {reason}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The shapes are: image (28, 28, 1)", fault.Message, StringComparison.Ordinal);
    }
}
