using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MnistPS.Formats;
using MnistPS.Networks;

namespace MnistPS.Tests;

public sealed class NetworkFileTests : IDisposable
{
    private const string AllLayers =
        "conv 3x5 same,batchnorm,relu,pool 2,conv 4x3,leakyrelu 0.2,dense 12,batchnorm,tanh,dropout 0.3,dense 11,sigmoid,dense 10";

    private static readonly MnistDataset _dataset = Sample.Dataset(67, 20);

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public NetworkFileTests() => _path = Path.Combine(_folder.Path, "one.safetensors");

    public static bool IsUnix => !OperatingSystem.IsWindows();

    public static MatrixTheoryData<OptimizerKind, Precision> Trainings => new(Enum.GetValues<OptimizerKind>(), Enum.GetValues<Precision>());

    /// <summary>Texts that another program or an attacker changed, with a correct digest.</summary>
    public static TheoryData<string, string, string, string> Forged => new()
    {
        { "another layer", "dense 3", "dense 4", "1.weight (4, 16)" },
        { "a layer that there is not", "dense 3", "thick 3", "no such layer" },
        { "no layers", "\"pool 7\",\"dense 3\",\"relu\",\"dense 10\"", "", "no layer" },
        { "a layer that is nothing", "\"pool 7\"", "null", "cannot be read" },
        { "layers that do not fit", "pool 7", "conv 3x28\",\"pool 7", "do not fit" },
        { "layers beyond all memory", "dense 3", "dense 65535\",\"dense 65535", "too large" },
        { "layers without end", "\"relu\"", string.Join(',', Enumerable.Repeat("\"relu\"", 2000)), "at most 1000" },
        { "another loss", "CrossEntropy", "Hinge", "'$.loss'" },
        { "a loss by number", "\"CrossEntropy\"", "7", "'$.loss'" },
        { "two optimizers", "\"kind\":\"Adam\"", "\"kind\":\"Adam, AdamW\"", "optimizer" },
        { "another optimizer", "\"kind\":\"Adam\"", "\"kind\":\"Momentum\"", "moments of Momentum" },
        { "an optimizer less", "\"optimizer\":{\"kind\":\"Adam\",\"step_count\":8}", "\"optimizer\":null", "no optimizer" },
        { "steps below none", "\"step_count\":8", "\"step_count\":-8", "number of steps" },
        { "steps beyond counting", "\"step_count\":8", "\"step_count\":9223372036854775807", "number of steps" },
        { "smoothing of all", "\"label_smoothing\":0", "\"label_smoothing\":1", "label smoothing" },
        { "smoothing that is no number", "\"label_smoothing\":0", "\"label_smoothing\":\"NaN\"", "label smoothing" },
        { "a rate of nothing", "\"learning_rate\":0.001,\"schedule\"", "\"learning_rate\":0,\"schedule\"", "learning rate" },
        { "no epochs", "\"epochs\":20", "\"epochs\":0", "number of epochs" },
        { "a batch of none", "\"batch_size\":128", "\"batch_size\":0", "batch size" },
        { "a range of nothing", "\"weight_range\":0.1", "\"weight_range\":0", "weight range" },
        { "an even increment", "\"increment\":", "\"increment\":2,\"state\":", "known here" },
        { "an epoch that is another one", "\"epoch\":1", "\"epoch\":2", "epoch 1" },
        { "an accuracy above all", "\"training_accuracy\":", "\"training_accuracy\":7,\"test_accuracy\":", "known here" },
        { "a newer version's", "{\"version\"", "{\"inputs\":784,\"version\"", "known here" },
        { "an older version's", "\"label_smoothing\":0,", "", "known here" },
        { "a text that is none", "{\"version\"", "{version", "known here" },
        { "nothing at all", "", "null", "describes no network" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Trainings))]
    public void GoesOnAsIfItHadNeverLeft(OptimizerKind optimizer, Precision precision)
    {
        MnistNetwork network = Train(Sample.Network(AllLayers, labelSmoothing: 0.1), optimizer, precision);
        MnistNetwork restored = Restore(network);
        Assert.Equal(network.State.Values, restored.State.Values);
        Assert.Equal(network.State.Optimizer!.Moments, restored.State.Optimizer!.Moments);
        Assert.Equal(precision, restored.Precision);
        Assert.Equal(network.History.Select(Text), restored.History.Select(Text));
        Train(network, optimizer, precision);
        Train(restored, optimizer, precision);
        Assert.Equal(network.State.Values, restored.State.Values);
        Assert.Equal(4, restored.EpochsTrained);
    }

    [Fact]
    public void GoesOnInTheMiddleOfARandomNumber()
    {
        // An odd number of 32-bit draws leaves one half for the next draw.
        MnistNetwork network = Sample.Tutorial(seed: 4, hiddenSize: 7);
        Sample.Train(network, Sample.Dataset(3, 5), Sample.Options(epochs: 1, batchSize: 1));
        Assert.NotNull(network.State.Generator.State.UpperHalf);
        Assert.Equal(network.State.Generator.Clone().Permutation(50), Restore(network).State.Generator.Permutation(50));
    }

    [Theory]
    [InlineData(NetworkPreset.Tutorial)]
    [InlineData(NetworkPreset.Mlp)]
    [InlineData(NetworkPreset.ConvNet)]
    public void IsDefinedAsItWas(NetworkPreset preset)
    {
        MnistNetwork network = new(new NetworkOptions { Preset = preset, LabelSmoothing = preset == NetworkPreset.Tutorial ? null : 0.1 }.Define(), seed: ulong.MaxValue);
        MnistNetwork restored = Restore(network);
        Assert.Equal(network.Definition.Layers, restored.Definition.Layers);
        Assert.Equal(network.Definition.Defaults, restored.Definition.Defaults);
        Assert.Equal(network.Definition.Initializer, restored.Definition.Initializer);
        Assert.Equal(network.Definition.LabelSmoothing, restored.Definition.LabelSmoothing);
        Assert.Equal(network.Loss, restored.Loss);
        Assert.Equal(network.Seed, restored.Seed);
        Assert.Empty(restored.History);
    }

    /// <summary>Names and shapes are those of PyTorch's nn.Sequential, as load_state_dict expects.</summary>
    [Fact]
    public void TensorsAreCalledAndShapedAsPyTorchHasThem()
    {
        MnistNetwork network = Train(Sample.Network("conv 3x5,batchnorm,relu,pool 2,dense 12,relu,dense 10"), OptimizerKind.Adam, Precision.Single);
        NetworkFile.Write(network, _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        Dictionary<string, TensorEntry> tensors = Header().Tensors.ToDictionary(tensor => tensor.Name);
        Assert.Equal("0.weight (3, 1, 5, 5) F32", tensors["0.weight"].ToString());
        Assert.Equal("0.bias (3) F32", tensors["0.bias"].ToString());
        Assert.Equal("1.weight (3) F32", tensors["1.weight"].ToString());
        Assert.Equal("1.running_mean (3) F32", tensors["1.running_mean"].ToString());
        Assert.Equal("1.running_var (3) F32", tensors["1.running_var"].ToString());
        Assert.Equal("4.weight (12, 432) F32", tensors["4.weight"].ToString());
        Assert.Equal("6.bias (10) F32", tensors["6.bias"].ToString());
        Assert.Equal("optimizer.4.weight.exp_avg (12, 432) F32", tensors["optimizer.4.weight.exp_avg"].ToString());
        Assert.True(tensors.ContainsKey("optimizer.4.weight.exp_avg_sq"));
        Assert.False(tensors.ContainsKey("optimizer.0.bias.exp_avg"), "batch normalisation takes the bias away, so that it never moves");

        // In the file the rows are units; in memory the rows are inputs.
        TensorEntry weight = tensors["4.weight"];
        byte[] bytes = File.ReadAllBytes(_path);
        double[] kept = network.State.Values[6];
        foreach ((int unit, int input) in (ReadOnlySpan<(int, int)>)[(0, 1), (5, 7), (11, 431)])
        {
            int offset = Header().Bytes.Length + (int)weight.Begin + sizeof(float) * (unit * 432 + input);
            Assert.Equal(kept[input * 12 + unit], BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(offset)));
        }
    }

    [Fact]
    public void TakesFourBytesANumberWhereThatIsAll()
    {
        long single = Length(Precision.Single);
        Assert.Equal(4 * 79510, Length(Precision.Double) - single, 10.0);
        Assert.InRange(single, 4 * 79510, 4 * 79510 + 4000);

        long Length(Precision precision)
        {
            NetworkFile.Write(Train(Sample.Network("dense 100,relu,dense 10"), OptimizerKind.Sgd, precision), _path, replace: true);
            return new FileInfo(_path).Length;
        }
    }

    [Fact]
    public void TheHeaderIsAlignedAndTheDigestIsOfTheFileWithZerosInItsPlace()
    {
        byte[] bytes = WriteSmall();
        int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes));
        Assert.Equal(0, length % 8);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.StartsWith("{\"__metadata__\":{\"mnistps.sha256\":\"", header, StringComparison.Ordinal);
        Assert.Equal('}', header.TrimEnd(' ')[^1]);
        string digest = JsonNode.Parse(header)!["__metadata__"]!["mnistps.sha256"]!.GetValue<string>();
        int offset = 8 + header.IndexOf(digest, StringComparison.Ordinal);
        Encoding.ASCII.GetBytes(new string('0', 64)).CopyTo(bytes, offset);
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.All(Header().Tensors, tensor => Assert.Equal(0, tensor.Begin % 4));
    }

    /// <summary>The six lines of the help page, if Python and NumPy are installed.</summary>
    [Fact]
    public void NumPyReadsIt()
    {
        NetworkFile.Write(Train(Sample.Network(AllLayers), OptimizerKind.Adam, Precision.Single), _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        const string Script = """
            import json, sys
            import numpy as np
            with open(sys.argv[1], 'rb') as file:
                header = json.loads(file.read(int.from_bytes(file.read(8), 'little')))
                buffer = file.read()
            header.pop('__metadata__')
            types = {'F32': '<f4', 'F64': '<f8'}
            tensors = {name: np.frombuffer(buffer[slice(*t['data_offsets'])], types[t['dtype']]).reshape(t['shape']) for name, t in header.items()}
            print(sum(t.size for t in tensors.values()), repr(float(tensors['12.weight'][3, 2])))
            """;
        Process? python = null;
        try
        {
            python = Process.Start(new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", ["-c", Script, _path]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no Python.");
        }

        string output = python!.StandardOutput.ReadToEnd();
        Assert.SkipWhen(python.StandardError.ReadToEnd().Contains("No module named", StringComparison.Ordinal), "Python has no NumPy.");
        MnistNetwork restored = NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken);
        int count = restored.State.Values.Concat(restored.State.Optimizer!.Moments).Sum(numbers => numbers.Length);
        Assert.Equal($"{count} {JsonSerializer.Serialize(restored.State.Values[^2][2 * 10 + 3])}", output.TrimEnd());
    }

    [Fact]
    public void SaysWhatItCannotRead()
    {
        Assert.Equal("NetworkFileNotFound", Id(Path.Combine(_folder.Path, "two.safetensors")));
        Assert.Equal("NetworkFileNotFound", Id(Path.Combine(_folder.Path, "no", "such.safetensors")));
        Assert.Equal("NetworkFileNotReadable", Id(_folder.Path));
        Assert.Equal("NetworkFileNotReadable", Id("a\0b"));
        foreach (byte[] bytes in (byte[][])[[], [.. "Epoch,TrainingError"u8], IdxBytes.Gzip(IdxBytes.Images(3)), new byte[100]])
        {
            Assert.Equal("NotANetworkFile", IdOf(bytes));
        }
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Windows has no such pipes.")]
    public void APipeIsRefusedAndNeverWaitedFor()
    {
        Process.Start("mkfifo", [_path]).WaitForExit();
        MnistException fault = Assert.Throws<MnistException>(() => NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("NetworkFileNotReadable", fault.Id);
        Assert.Contains("a pipe", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCutIsRefused()
    {
        byte[] bytes = WriteSmall();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.True(IdOf(bytes[..length]) == "NotANetworkFile", $"cut after {length} bytes");
        }

        Assert.Equal("NotANetworkFile", IdOf([.. bytes, 0]));
        Assert.Null(IdOf(bytes));
    }

    [Fact]
    public void EveryFlippedBitIsRefusedWithLayersAndWithout()
    {
        NetworkFile.Write(Sample.Network("pool 28,dense 10"), _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        byte[] bytes = File.ReadAllBytes(_path);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(IdOf(damaged) is "NotANetworkFile" or "LayersNotInFile", $"bit {bit}");
            Assert.True(IdOf(damaged, ["pool 28", "dense 10"]) is "NotANetworkFile" or "LayersInFile", $"bit {bit} with layers");
        }
    }

    /// <summary>A wrong value is found by its field's check, and not by the digest alone.</summary>
    [Theory]
    [MemberData(nameof(Forged))]
    public void SaysWhatIsForged(string what, string part, string other, string reason)
    {
        byte[] bytes = Forge(WriteSmall(), text => part.Length == 0 ? other : text.Contains(part, StringComparison.Ordinal) ? text.Replace(part, other, StringComparison.Ordinal) : throw new ArgumentException(text));
        MnistException fault = Assert.Throws<MnistException>(() => Read(bytes));
        Assert.Equal("NotANetworkFile", fault.Id);
        Assert.True(fault.Message.Contains(reason, StringComparison.Ordinal), $"{what}: {fault.Message}");
    }

    [Fact]
    public void KeepsACalibration()
    {
        MnistNetwork network = Calibrated();
        NetworkFile.Write(network, _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        MnistNetwork restored = NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(network.State.Calibration!.Temperature, restored.State.Calibration!.Temperature);
        Assert.Equal(network.State.Calibration.Tail, restored.State.Calibration.Tail);
        Assert.Equal(network.State.Calibration.Forms.Numbers.ToArray(), restored.State.Calibration.Forms.Numbers.ToArray());
    }

    [Fact]
    public void WithoutACalibrationSaysNothingOfOne()
    {
        string text = Encoding.UTF8.GetString(WriteSmall());
        Assert.DoesNotContain("calibrat", text, StringComparison.Ordinal);
        Assert.Null(NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken).State.Calibration);
    }

    [Theory]
    [InlineData("\"temperature\":", "\"temperature\":0,\"was\":", "known here")]
    [InlineData("\"temperature\":2", "\"temperature\":0", "temperature")]
    [InlineData("\"temperature\":2", "\"temperature\":\"NaN\"", "temperature")]
    [InlineData("\"tail\":[1,", "\"tail\":[", "number of residuals")]
    [InlineData("\"tail\":[1,", "\"tail\":[\"NaN\",", "residual 0")]
    [InlineData("\"tail\":[1,1", "\"tail\":[1,2", "residual 1")]
    [InlineData("\"tail\":[1,", "\"tale\":[1,", "known here")]
    [InlineData("\"calibration\":{", "\"calibrations\":{", "known here")]
    public void SaysWhatIsForgedOfACalibration(string part, string other, string reason)
    {
        NetworkFile.Write(Calibrated(), _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        byte[] bytes = Forge(File.ReadAllBytes(_path), text =>
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
            return text.Replace(part, other, StringComparison.Ordinal);
        });
        MnistException fault = Assert.Throws<MnistException>(() => Read(bytes));
        Assert.Equal("NotANetworkFile", fault.Id);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private static MnistNetwork Calibrated()
    {
        MnistNetwork network = Train(Sample.Network("dense 10"), OptimizerKind.Adam, Precision.Single);
        double[] tail = new double[NetworkCalibration.TailCount];
        Array.Fill(tail, 1);
        DigitForms shapes = DigitForms.Fit(_dataset.Training, 60, threads: 1, TestContext.Current.CancellationToken);
        network.State = network.State with { Calibration = new NetworkCalibration(2, tail, shapes) };
        return network;
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void NumbersThatCannotBeUsedAreNeitherWrittenNorRead(double number)
    {
        MnistNetwork network = Train(Sample.Network("dense 10"), OptimizerKind.Adam, number == 1e300 ? Precision.Single : Precision.Double);
        network.State.Values[0][5] = number;
        MnistException fault = Assert.Throws<MnistException>(() => NetworkFile.Write(network, _path, replace: false, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("NetworkNotSound", fault.Id);
        Assert.Contains("0.weight", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.FileNames);
    }

    /// <summary>Headers that break one rule of the format each.</summary>
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}""", 6)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4)]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":7}""", 0)]
    [InlineData("""{"__metadata__":{"a":1}}""", 0)]
    [InlineData("""{"__metadata__":7}""", 0)]
    [InlineData("""{"a":""", 0)]
    [InlineData("""{} {}""", 0)]
    public void AHeaderThatBreaksARuleIsRefused(string header, int bufferLength)
    {
        byte[] bytes = Container(header, new byte[bufferLength]);
        Assert.Equal("NotANetworkFile", IdOf(bytes));
        Assert.Equal("NotANetworkFile", IdOf(bytes, ["dense 10"]));
    }

    [Fact]
    public void AHeaderOfManyGigabytesIsNotBelieved()
    {
        byte[] bytes = new byte[64];
        foreach (ulong length in (ulong[])[100_000_001, uint.MaxValue, ulong.MaxValue, 99_000_000])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
            bytes[8] = (byte)'{';
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal("NotANetworkFile", IdOf(bytes));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    /// <summary>Weights of another program: as PyTorch names, shapes and orders them.</summary>
    [Theory]
    [InlineData("0.", "2.")]
    [InlineData("fc1.", "fc2.")]
    [InlineData("model.layers.9.", "model.layers.10.")]
    [InlineData("out.", "classifier.")]
    public void PlainWeightsAreReadWhereTheLayersAreSaid(string first, string second)
    {
        MnistNetwork network = Sample.Network("dense 16,relu,dense 10");
        File.WriteAllBytes(_path, Plain(network, name => name.Replace("0.", first, StringComparison.Ordinal).Replace("2.", second, StringComparison.Ordinal)));
        MnistException fault = Assert.Throws<MnistException>(() => NetworkFile.Read(_path, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("LayersNotInFile", fault.Id);
        Assert.Contains($"{first}weight (16, 784) F32", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Layer", fault.Message, StringComparison.Ordinal);

        MnistNetwork read = NetworkFile.Read(_path, ["dense 16", "relu", "dense 10"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(network.State.Values.Select(row => row.Select(number => (double)(float)number)), read.State.Values);
        Sample.Train(read, _dataset, Sample.Options(epochs: 1));
        Assert.Equal(1, Restore(read).EpochsTrained);
    }

    [Fact]
    public void PlainWeightsMayHaveNoBiasAndCountersAndOtherWidths()
    {
        byte[] buffer = new byte[2 * 10 * 784 + 8];
        BinaryPrimitives.WriteHalfLittleEndian(buffer.AsSpan(2 * (3 * 784 + 5)), (Half)1.5);
        File.WriteAllBytes(_path, Container(
            """{"__metadata__":{"format":"pt"},"fc.weight":{"dtype":"F16","shape":[10,784],"data_offsets":[0,15680]},"norm.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[15680,15688]}}""",
            buffer));
        MnistNetwork read = NetworkFile.Read(_path, ["flatten", "dense 10"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1.5, read.State.Values[0][5 * 10 + 3]);
        Assert.Equal(1.5, read.State.Values[0].Sum());
        Assert.Equal(new double[10], read.State.Values[1]);
    }

    [Theory]
    [InlineData("dense 17,relu,dense 10")]
    [InlineData("dense 10")]
    [InlineData("dense 16,batchnorm,relu,dense 10")]
    public void PlainWeightsOfOtherLayersAreRefused(string layers)
    {
        File.WriteAllBytes(_path, Plain(Sample.Network("dense 16,relu,dense 10"), name => name));
        MnistException fault = Assert.Throws<MnistException>(() => NetworkFile.Read(_path, layers.Split(','), cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("NotANetworkFile", fault.Id);
        Assert.Contains("0.weight (16, 784) F32", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>However much a file names, a message stays one that can be read.</summary>
    [Fact]
    public void AStopEndsReadingAndWritingAndLeavesWhatWasThere()
    {
        MnistNetwork network = Sample.Network("pool 28,dense 10");
        NetworkFile.Write(network, _path, replace: false, cancellation: TestContext.Current.CancellationToken);
        byte[] before = File.ReadAllBytes(_path);
        CancellationToken stopped = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => NetworkFile.Write(network, _path, replace: true, stopped));
        Assert.Throws<OperationCanceledException>(() => NetworkFile.Read(_path, null, stopped));
        Assert.Equal(before, File.ReadAllBytes(_path));
        Assert.Equal([Path.GetFileName(_path)], _folder.FileNames);
    }

    [Fact]
    public void MessagesStayShort()
    {
        string many = string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"{new string('x', 500)}{i}.weight\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"));
        File.WriteAllBytes(_path, Container($"{{{many}}}", []));
        foreach (string[]? layers in (string[]?[])[null, ["dense 10"]])
        {
            Assert.InRange(Assert.Throws<MnistException>(() => NetworkFile.Read(_path, layers, cancellation: TestContext.Current.CancellationToken)).Message.Length, 100, 3000);
        }
    }

    [Fact]
    public void LayersThatAFileSaysItselfAreNotToBeGiven()
    {
        WriteSmall();
        Assert.Equal("LayersInFile", Assert.Throws<MnistException>(() => NetworkFile.Read(_path, ["dense 10"], cancellation: TestContext.Current.CancellationToken)).Id);
        Assert.Equal("InvalidLayer", IdOf(Container("{}", []), ["thick 10"]));
    }

    private static string Text(EpochMetrics epoch) => $"{epoch} {epoch.LearningRate:R} {epoch.Elapsed} {epoch.ImagesPerSecond:R}";

    private static MnistNetwork Train(MnistNetwork network, OptimizerKind optimizer, Precision precision)
    {
        Sample.Train(network, _dataset, Sample.Options(epochs: 2, batchSize: 20) with { Optimizer = optimizer, Precision = precision, Shuffle = true });
        return network;
    }

    private static byte[] Container(string header, byte[] buffer)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. buffer];
    }

    private static byte[] Plain(MnistNetwork network, Func<string, string> rename)
    {
        using MemoryStream buffer = new();
        List<string> entries = [];
        foreach ((NetworkTensor tensor, double[] numbers) in NetworkTensor.ParametersOf(network.Definition).Zip(network.State.Values))
        {
            long begin = buffer.Length;
            tensor.Encode(numbers, sizeof(float), buffer.Write, cancellation: TestContext.Current.CancellationToken);
            entries.Add($"\"{rename(tensor.Name)}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{begin},{buffer.Length}]}}");
        }

        return Container($"{{{string.Join(',', entries)}}}", buffer.ToArray());
    }

    /// <summary>Changes the JSON text of a network and makes the digest right.</summary>
    private static byte[] Forge(byte[] bytes, Func<string, string> change)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        JsonNode header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!;
        JsonNode metadata = header["__metadata__"]!;
        metadata["mnistps"] = change(metadata["mnistps"]!.GetValue<string>());
        metadata["mnistps.sha256"] = new string('0', 64);
        byte[] forged = Container(header.ToJsonString(), bytes[(8 + length)..]);
        string digest = Convert.ToHexStringLower(SHA256.HashData(forged));
        Encoding.ASCII.GetBytes(digest).CopyTo(forged, 8 + "{\"__metadata__\":{\"mnistps.sha256\":\"".Length);
        return forged;
    }

    private byte[] WriteSmall()
    {
        NetworkFile.Write(Train(Sample.Network("pool 7,dense 3,relu,dense 10"), OptimizerKind.Adam, Precision.Double), _path, replace: true);
        return File.ReadAllBytes(_path);
    }

    private MnistNetwork Restore(MnistNetwork network)
    {
        NetworkFile.Write(network, _path, replace: true);
        return NetworkFile.Read(_path);
    }

    private SafetensorsHeader Header()
    {
        using FileStream file = File.OpenRead(_path);
        return SafetensorsHeader.Read(file);
    }

    private MnistNetwork Read(byte[] bytes, string[]? layers = null)
    {
        File.WriteAllBytes(_path, bytes);
        return NetworkFile.Read(_path, layers);
    }

    private string? IdOf(byte[] bytes, string[]? layers = null)
    {
        try
        {
            Read(bytes, layers);
            return null;
        }
        catch (MnistException fault)
        {
            return fault.Id;
        }
    }

    private static string Id(string path) => Assert.Throws<MnistException>(() => NetworkFile.Read(path)).Id;
}
