using System.Globalization;
using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class NpzNetworkTests : IDisposable
{
    private const string Layers = "conv 3x5 same,batchnorm,relu,pool 2,dense 12,tanh,dropout 0.3,dense 10";

    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "network.npz");

    public static MatrixTheoryData<OptimizerKind, Precision, bool> Trainings => new(Enum.GetValues<OptimizerKind>(), Enum.GetValues<Precision>(), [false, true]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Trainings))]
    public void GoesOnAsIfItHadNeverLeft(OptimizerKind optimizer, Precision precision, bool isTutorial)
    {
        MnistNetwork network = isTutorial ? Sample.Tutorial(seed: 4, hiddenSize: 7) : Sample.Network(Layers, labelSmoothing: 0.1);
        Train(network);
        NpzNetwork.Write(network, Target, replace: false, TestContext.Current.CancellationToken);
        MnistNetwork restored = NpzNetwork.Read(Target, null, TestContext.Current.CancellationToken);
        Assert.Equal(network.State.Values, restored.State.Values);
        Assert.Equal(network.State.Optimizer!.Moments, restored.State.Optimizer!.Moments);
        Assert.Equal(network.State.Generator.State, restored.State.Generator.State);
        Assert.Equal((network.Seed, network.Precision, network.ToString()), (restored.Seed, restored.Precision, restored.ToString()));
        Train(network);
        Train(restored);
        Assert.Equal(network.State.Values, restored.State.Values);
        Assert.Equal(4, restored.EpochsTrained);

        void Train(MnistNetwork one)
            => Sample.Train(one, Sample.Dataset(53, 5), Sample.Options(epochs: 2) with { Optimizer = optimizer, Precision = precision, LearningRate = 0.001 });
    }

    [Fact]
    public void TheDocumentsNamesAreThoseOfItsLayersAndOfTheirMoments()
    {
        MnistNetwork network = new(new Networks.NetworkOptions { HiddenSize = [6, 5] }.Define(), 1);
        Sample.Train(network, Sample.Dataset(20, 5), Sample.Options(epochs: 1) with { Optimizer = OptimizerKind.Adam });
        Assert.Equal(
            [
                "weights_1 784,6 <f8", "weights_2 6,5 <f8", "weights_3 5,10 <f8",
                "optimizer.weights_1.exp_avg 784,6 <f8", "optimizer.weights_1.exp_avg_sq 784,6 <f8", "optimizer.weights_2.exp_avg 6,5 <f8",
                "optimizer.weights_2.exp_avg_sq 6,5 <f8", "optimizer.weights_3.exp_avg 5,10 <f8", "optimizer.weights_3.exp_avg_sq 5,10 <f8",
            ],
            Arrays(network).Where(text => !text.Contains("<U", StringComparison.Ordinal)));
    }

    [Fact]
    public void SinglePrecisionTakesFourBytesWhereNothingIsLostByIt()
    {
        MnistNetwork network = Sample.Network("dense 5,relu,dense 10");
        Assert.Contains("0.weight 5,784 <f8", Arrays(network));
        Sample.Train(network, Sample.Dataset(20, 5), Sample.Options(epochs: 1) with { Precision = Precision.Single });
        Assert.Contains("0.weight 5,784 <f4", Arrays(network));
        Assert.Contains("2.bias 10 <f4", Arrays(network));
    }

    /// <summary>Before and after a draw of 32 bits, which leaves half of one. That NumPy takes it is specified by NumPy itself.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TheGeneratorsTextIsNumPys(int draws)
    {
        NumPyGenerator generator = new(884736743);
        for (int i = 0; i < draws; i++)
        {
            generator.Integers(0, 2);
        }

        string text = GeneratorText.Of(generator.State);
        Assert.StartsWith("{\"bit_generator\": \"PCG64\", \"state\": {\"state\": ", text, StringComparison.Ordinal);
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"\"has_uint32\": {draws}, \"uinteger\": {generator.State.UpperHalf ?? 0}}}"), text, StringComparison.Ordinal);
        Assert.Equal(generator.State, GeneratorText.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"bit_generator\": \"PCG64\"}")]
    [InlineData("{\"bit_generator\": \"PCG64\", \"state\": {\"state\": -1, \"inc\": 3}, \"has_uint32\": 0, \"uinteger\": 0}")]
    [InlineData("{\"bit_generator\": \"PCG64\", \"state\": {\"state\": 1e3, \"inc\": 3}, \"has_uint32\": 0, \"uinteger\": 0}")]
    [InlineData("{\"bit_generator\": \"PCG64\", \"state\": {\"state\": 340282366920938463463374607431768211456, \"inc\": 3}, \"has_uint32\": 0, \"uinteger\": 0}")]
    [InlineData("{\"bit_generator\": \"PCG64\", \"state\": {\"state\": 1, \"inc\": 3}, \"has_uint32\": 1, \"uinteger\": 4294967296}")]
    [InlineData("{\"bit_generator\": 7}")]
    public void ATextThatIsNoStateIsRefused(string text)
        => Assert.Contains("json.dumps(rng.bit_generator.state) was expected", Assert.Throws<FormatException>(() => GeneratorText.Parse(text)).Message, StringComparison.Ordinal);

    private string[] Arrays(MnistNetwork network)
    {
        NpzNetwork.Write(network, Target, replace: true, TestContext.Current.CancellationToken);
        using FileStream file = File.OpenRead(Target);
        using NpzFile npz = new(file);
        return [.. npz.Names.Select(name => npz.Find(name)!).Select(array => $"{array.Name} {string.Join(',', array.Header.Shape)} {array.Header.Type}")];
    }
}
