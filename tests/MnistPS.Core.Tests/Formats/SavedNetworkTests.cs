using System.Text;
using CsCheck;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

public sealed class SavedNetworkTests
{
    private const string AllLayers =
        "conv 3x5 same,batchnorm,relu,pool 2,conv 4x3,leakyrelu,dense 12,batchnorm,tanh,dropout 0.3,dense 11,sigmoid,dense 10";

    private static readonly MnistDataset _dataset = Sample.Dataset(67, 20);
    private static readonly byte[] _bytes = Write(Small());

    public static MatrixTheoryData<OptimizerKind, Precision> Trainings => new(Enum.GetValues<OptimizerKind>(), Enum.GetValues<Precision>());

    public static TheoryData<string, byte[], string> Damaged
    {
        get
        {
            int length = BitConverter.ToInt32(_bytes);
            string text = Encoding.UTF8.GetString(_bytes, 4, length);
            byte[] numbers = _bytes[(4 + length)..];
            return new()
            {
                { "nothing", [], "ends too early" },
                { "something else", "<html>"u8.ToArray(), "begins with something else" },
                { "a length below none", [0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3], "begins with something else" },
                { "a length and nothing behind it", [0x07, 0, 0, 0], "describes no network" },
                { "an empty text", With("null"), "is empty" },
                { "cut in the text", _bytes[..100], "describes no network" },
                { "no numbers", _bytes[..^numbers.Length], "ends too early" },
                { "a number too few", _bytes[..^8], "ends too early" },
                { "half a number too few", _bytes[..^4], "ends too early" },
                { "a byte too many", [.. _bytes, 0], "more numbers" },
                { "a number too many", [.. _bytes, .. new byte[8]], "more numbers" },
                { "a moment too few for each", _bytes[..^(8 * 91)], "ends too early" },
                { "another layer", Changed("dense 3", "dense 4"), "ends too early" },
                { "a layer that there is not", Changed("dense 3", "thick 3"), "no such layer" },
                { "no layers", Changed("\"pool 7\",\"dense 3\",\"relu\",\"dense 10\"", ""), "no layer" },
                { "layers that do not fit", Changed("pool 7", "conv 3x28\",\"pool 7"), "do not fit" },
                { "layers beyond all memory", Changed("dense 3", "dense 65535\",\"dense 65535"), "too large" },
                { "another loss", Changed("CrossEntropy", "Hinge"), "'$.Loss'" },
                { "fewer moments", Changed("\"MomentCount\":2", "\"MomentCount\":1"), "more numbers" },
                { "moments below none", Changed("\"MomentCount\":2", "\"MomentCount\":-2"), "out of range" },
                { "a newer version's", Changed("{\"Layers\"", "{\"Inputs\":784,\"Layers\""), "describes no network" },
                { "an older version's", Changed("\"LabelSmoothing\":0,", ""), "describes no network" },
            };

            byte[] Changed(string part, string other) => With(text.Replace(part, other, StringComparison.Ordinal));

            byte[] With(string other)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(other);
                return [.. BitConverter.GetBytes(bytes.Length), .. bytes, .. numbers];
            }
        }
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void GoesOnAsIfItHadNeverLeft(OptimizerKind optimizer, Precision precision)
    {
        MnistNetwork network = Train(Sample.Network(AllLayers, labelSmoothing: 0.1), optimizer, precision);
        MnistNetwork restored = Read(Write(network));
        Assert.Equal(network.State.Values, restored.State.Values);
        Assert.Equal(precision, restored.Precision);
        Assert.Equal(network.History.Select(epoch => $"{epoch} {epoch.Elapsed} {epoch.ImagesPerSecond:R}"), restored.History.Select(epoch => $"{epoch} {epoch.Elapsed} {epoch.ImagesPerSecond:R}"));
        Train(network, optimizer, precision);
        Train(restored, optimizer, precision);
        Assert.Equal(network.State.Values, restored.State.Values);
        Assert.Equal(4, restored.EpochsTrained);
    }

    [Fact]
    public void GoesOnInTheMiddleOfARandomNumber()
    {
        // An odd number of bits by halves leaves one half to the next draw.
        MnistNetwork network = Sample.Tutorial(seed: 4, hiddenSize: 7);
        Sample.Train(network, Sample.Dataset(3, 5), Sample.Options(epochs: 1, batchSize: 1));
        Assert.NotNull(network.State.Generator.State.UpperHalf);
        MnistNetwork restored = Read(Write(network));
        Assert.Equal(network.State.Generator.Permutation(50), restored.State.Generator.Permutation(50));
    }

    [Theory]
    [InlineData(NetworkPreset.Tutorial)]
    [InlineData(NetworkPreset.Mlp)]
    [InlineData(NetworkPreset.ConvNet)]
    public void IsDefinedAsItWas(NetworkPreset preset)
    {
        MnistNetwork network = new(new NetworkOptions { Preset = preset }.Define(), seed: 9);
        MnistNetwork restored = Read(Write(network));
        Assert.Equal(network.Definition.Layers, restored.Definition.Layers);
        Assert.Equal(network.Definition.Defaults, restored.Definition.Defaults);
        Assert.Equal(network.Loss, restored.Loss);
        Assert.Equal(network.Seed, restored.Seed);
    }

    [Fact]
    public void TakesFourBytesANumberWhereThatIsAll()
    {
        int single = Write(Train(Sample.Network("dense 100,relu,dense 10"), OptimizerKind.Sgd, Precision.Single)).Length;
        int both = Write(Train(Sample.Network("dense 100,relu,dense 10"), OptimizerKind.Sgd, Precision.Double)).Length;
        Assert.Equal(4 * 79510, both - single, 10.0);
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void SaysWhatIsDamaged(string damage, byte[] bytes, string reason)
    {
        FormatException fault = Assert.Throws<FormatException>(() => Read(bytes));
        Assert.True(fault.Message.Contains(reason, StringComparison.Ordinal) && fault.Message.EndsWith('.'), $"{damage}: {fault.Message}");
    }

    /// <summary>A byte that is another one makes a network that can still be trained, or none.</summary>
    [Fact]
    public void WhateverAByteIsNothingBreaks()
        => Gen.Select(Gen.Int[0, 700], Gen.Byte).Sample((place, value) =>
        {
            byte[] bytes = [.. _bytes];
            bytes[place] = value;
            try
            {
                Train(Read(bytes), OptimizerKind.Adam, Precision.Double);
            }
            catch (Exception e) when (e is FormatException or MnistException)
            {
                // What is no network, or one with which training diverges.
            }
        });

    private static byte[] Write(MnistNetwork network)
    {
        MemoryStream stream = new();
        SavedNetwork.Write(network, stream);
        return stream.ToArray();
    }

    private static MnistNetwork Read(byte[] bytes) => SavedNetwork.Read(new MemoryStream(bytes));

    private static MnistNetwork Small() => Train(Sample.Network("pool 7,dense 3,relu,dense 10"), OptimizerKind.Adam, Precision.Double);

    private static MnistNetwork Train(MnistNetwork network, OptimizerKind optimizer, Precision precision)
    {
        Sample.Train(network, _dataset, Sample.Options(epochs: 2, batchSize: 20) with { Optimizer = optimizer, Precision = precision, Shuffle = true });
        return network;
    }
}
