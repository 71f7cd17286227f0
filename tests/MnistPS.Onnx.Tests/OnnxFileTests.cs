using System.Diagnostics;
using System.Text.Json;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Onnx;
using Onnx;

namespace MnistPS.Tests;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;
    private readonly ITestOutputHelper _output;

    public OnnxFileTests(ITestOutputHelper output)
    {
        _output = output;
        _path = Path.Combine(_folder.Path, "net.onnx");
    }

    public static TheoryData<string> Names => Networks.Names;

    public void Dispose() => _folder.Dispose();

    /// <summary>ONNX Runtime reads the same labels in all of MNIST's test images, and says the same of them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OnnxRuntimeReadsTheSame(string name)
    {
        ImageSet images = RealMnist.First(1, 10_000).Test;
        MnistNetwork network = Networks.Trained(name);
        Write(network);
        List<Prediction> expected = Networks.Read(network, images);
        using Runtime runtime = new(_path);
        double[][] scores = runtime.Read(images, network.Loss == LossKind.CrossEntropy ? "probabilities" : "scores");
        Assert.Equal(images.Count, scores.Length);
        Assert.Equal(expected.Select(prediction => prediction.Label!.Value), scores.Select(row => Array.IndexOf(row, row.Max())));
        double worst = expected.SelectMany(prediction => prediction.Scores).Zip(scores.SelectMany(row => row), (own, other) => Math.Abs(own - other)).Max();
        _output.WriteLine($"{name}: scores differ by {worst} at most.");
        Assert.InRange(worst, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ANetworkComesBackAsItWas(string name)
    {
        MnistNetwork network = Networks.Trained(name);
        MnistNetwork restored = Restore(network);
        Assert.Equal(network.Definition.Layers, restored.Definition.Layers);
        Assert.Equal(network.Definition.Defaults, restored.Definition.Defaults);
        Assert.Equal((network.Loss, network.Seed, network.Precision, 2), (restored.Loss, restored.Seed, restored.Precision, restored.EpochsTrained));
        ImageSet images = Sample.Images(300, 7);
        Assert.Equal(Networks.Text(Networks.Read(network, images)), Networks.Text(Networks.Read(restored, images)));

        // It learns on, and goes out again.
        Sample.Train(restored, Sample.Dataset(50, 10), Sample.Options(epochs: 1));
        Assert.Equal(3, Restore(restored).EpochsTrained);
    }

    /// <summary>So that a run-time environment that knows nothing of this project says the same of it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ANetworkIsReadWithoutItsMetadataToo(string name)
    {
        MnistNetwork network = Networks.Trained(name);
        MnistNetwork stranger = Change(network, model => model.MetadataProps.Clear());
        ImageSet images = Sample.Images(300, 8);
        Assert.Equal(Networks.Read(network, images).Select(prediction => prediction.Label), Networks.Read(stranger, images).Select(prediction => prediction.Label));
        Assert.Equal(0, stranger.EpochsTrained);
        Assert.Equal(network.Layers.Select(layer => layer.Layer).Where(layer => !layer.StartsWith("dropout", StringComparison.Ordinal)).Select(layer => layer.Replace("x1 same", "x1", StringComparison.Ordinal)),
            stranger.Layers.Select(layer => layer.Layer));
    }

    [Fact]
    public void SaysWhatItIs()
    {
        MnistNetwork network = Networks.Trained("ConvNet");
        Write(network);
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
        Assert.Equal((7, 13, "MnistPS"), (model.IrVersion, model.OpsetImport.Single().Version, model.ProducerName));
        Assert.Equal("image (N, 1, 28, 28)", Describe(model.Graph.Input.Single()));
        Assert.Equal(["logits (N, 10)", "probabilities (N, 10)"], model.Graph.Output.Select(Describe));
        Dictionary<string, string> metadata = model.MetadataProps.ToDictionary(text => text.Key, text => text.Value);
        Assert.Contains("(N, 1, 28, 28)", metadata["input"], StringComparison.Ordinal);
        Assert.Contains("divided by 255: 0 is paper and 1 is ink", metadata["input"], StringComparison.Ordinal);
        Assert.Contains("add up to 1", metadata["outputs"], StringComparison.Ordinal);
        Assert.Equal(
            "$network = New-MnistNetwork -Preset ConvNet -Seed 3\n$data | Invoke-MnistTraining $network -Epochs 2 -BatchSize 10 -Optimizer Adam -LearningRate 0.003 -Schedule Constant -NoShuffle -Precision Single",
            metadata["training"]);
        Assert.Equal(200, JsonDocument.Parse(metadata["mnistps"]).RootElement.GetProperty("runs")[0].GetProperty("training_count").GetInt32());

        static string Describe(ValueInfoProto value)
            => $"{value.Name} ({string.Join(", ", value.Type.TensorType.Shape.Dim.Select(size => size.HasDimParam ? size.DimParam : $"{size.DimValue}"))})";
    }

    /// <summary>A network that was trained by squared error gives no probabilities, and its model has none.</summary>
    [Fact]
    public void ScoresThatAreNoProbabilitiesAreNotCalledSo()
    {
        foreach (string name in (string[])["Tutorial", "dense 12,tanh,dense 10"])
        {
            Write(Networks.Trained(name, LossKind.SquaredError));
            ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
            Assert.Equal("scores", model.Graph.Output.Single().Name);
            Assert.Contains("no probabilities", model.Graph.Output.Single().DocString, StringComparison.Ordinal);
            Assert.DoesNotContain(model.Graph.Node, node => node.OpType == "Softmax");
            Assert.Equal(LossKind.SquaredError, Networks.File.Read(_path, null, TestContext.Current.CancellationToken).Loss);
        }
    }

    /// <summary>A network of 64 bits is rounded to 32, which changes its scores by little.</summary>
    [Fact]
    public void ANetworkOfDoublePrecisionIsRounded()
    {
        MnistNetwork network = Networks.Trained(Networks.AllLayers, precision: Precision.Double);
        MnistNetwork restored = Restore(network);
        Assert.Equal(Precision.Double, restored.Precision);
        Assert.Equal(network.State.Values.Select(row => row.Select(number => (double)(float)number)), restored.State.Values);
        ImageSet images = Sample.Images(100, 9);
        Assert.All(Networks.Read(network, images).Zip(Networks.Read(restored, images)), pair =>
            Assert.All(pair.First.Scores.Zip(pair.Second.Scores), score => Assert.Equal(score.First, score.Second, 1e-5)));
    }

    /// <summary>ONNX's own check of a model, where Python has it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OnnxsCheckerFindsNothing(string name)
    {
        Write(Networks.Trained(name));
        const string Script = "import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True); print('sound')";
        Process? python = null;
        try
        {
            string program = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
            python = Process.Start(new ProcessStartInfo(program, ["-c", Script, _path]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no Python.");
        }

        using (python)
        {
            string error = python!.StandardError.ReadToEnd();
            Assert.SkipWhen(error.Contains("No module named", StringComparison.Ordinal), "Python has no onnx.");
            Assert.True(python.StandardOutput.ReadToEnd().Trim() == "sound", error);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void NumbersThatItCannotHoldAreNotWritten(double number)
    {
        MnistNetwork network = Networks.Trained("dense 10", precision: Precision.Double);
        network.State.Values[0][5] = number;
        MnistException fault = Assert.Throws<MnistException>(() => Write(network));
        Assert.Equal("NetworkNotSound", fault.Id);
        Assert.Contains("0.weight", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void AFileThatIsThereStays()
    {
        MnistNetwork network = Networks.Trained("dense 10");
        Write(network);
        byte[] before = File.ReadAllBytes(_path);
        Assert.Equal("NetworkFileExists", Assert.Throws<MnistException>(() => Write(network, replace: false)).Id);
        CancellationToken stopped = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Networks.File.Write(network, _path, replace: true, stopped));
        Assert.Throws<OperationCanceledException>(() => Networks.File.Read(_path, null, stopped));
        Assert.Equal(before, File.ReadAllBytes(_path));
        Assert.Equal([Path.GetFileName(_path)], _folder.FileNames);
    }

    /// <summary>Each byte is handed over with a look at whether to stop, which the package has not.</summary>
    [Fact]
    public void AStopEndsWritingAndReadingInTheMiddle()
    {
        using CancellationTokenSource stop = new();
        using MemoryStream target = new();
        using StoppableStream stream = new(target, stop.Token);
        stream.Write(new byte[5], 0, 5);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => stream.Write(new byte[5], 0, 5));
        Assert.Throws<OperationCanceledException>(() => stream.Read(new byte[5], 0, 5));
        Assert.Equal(5, target.Length);
    }

    /// <summary>A message of Protocol Buffers has at most 2 GB, and none of a larger file is read.</summary>
    [Fact]
    public void AFileBeyondTwoGigabytesIsNotRead()
    {
        using (FileStream file = File.Create(_path))
        {
            try
            {
                file.SetLength(OnnxFile.MostBytes + 1);
            }
            catch (IOException e)
            {
                Assert.Skip($"There is no room for a file of 2 GB, though nothing is written into it: {e.Message}");
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        MnistException fault = ReadFault();
        Assert.Equal("NotANetworkFile", fault.Id);
        Assert.Contains("2147483648 bytes", fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>The largest network stays far below it.</summary>
    [Fact]
    public void NoNetworkIsTooLargeToBeWritten()
    {
        // 99 960 180 numbers of the 100 million that a network may have.
        NetworkDefinition largest = new NetworkOptions { Layers = ["dense 9690", "relu", "dense 9520", "relu", "dense 10"] }.Define();
        Assert.InRange(largest.Parameters.Sum(parameter => (long)parameter.Count) * sizeof(float), 390_000_000, OnnxFile.MostBytes / 5);
    }

    [Fact]
    public void DamageIsToldFromWhatIsNotSupported()
    {
        Write(Networks.Trained("pool 14,dense 10"));
        byte[] bytes = File.ReadAllBytes(_path);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(_path, bytes[..length]);
            string id = ReadFault().Id;
            Assert.True(id is "NotANetworkFile" or "NetworkNotSupported", $"cut after {length} bytes: {id}");
        }

        File.Delete(_path);
        Assert.Equal("NetworkFileNotFound", ReadFault().Id);
        Directory.CreateDirectory(_path);
        Assert.Equal("NetworkFileNotReadable", ReadFault().Id);
    }

    [Fact]
    public void NumbersThatNoNetworkHasAreRefused()
    {
        MnistNetwork network = Networks.Trained("pool 14,dense 10");
        MnistException fault = Assert.Throws<MnistException>(() => Change(network, model =>
        {
            byte[] numbers = model.Graph.Initializer[0].RawData.ToByteArray();
            BitConverter.GetBytes(float.NaN).CopyTo(numbers, 4);
            model.Graph.Initializer[0].RawData = Google.Protobuf.ByteString.CopyFrom(numbers);
        }));
        Assert.Equal("NotANetworkFile", fault.Id);
        Assert.Contains("NaN", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersAreNotToBeGiven()
    {
        Write(Networks.Trained("dense 10"));
        Assert.Equal("LayersInFile", Assert.Throws<MnistException>(() => Networks.File.Read(_path, ["dense 10"], TestContext.Current.CancellationToken)).Id);
    }

    [Theory]
    [InlineData("a.onnx", "Onnx")]
    [InlineData("a.ONNX", "Onnx")]
    [InlineData("a.safetensors", "Safetensors")]
    [InlineData("onnx", "Safetensors")]
    public void TheEndingTellsTheFormatOfANewFile(string path, string format) => Assert.Equal(format, NetworkFormats.OfEnding(path).ToString());

    [Fact]
    public void TheFirstBytesTellTheFormatOfAFile()
    {
        string path = Path.Combine(_folder.Path, "net");
        MnistNetwork network = Networks.Trained("dense 10");
        Networks.File.Write(network, path, replace: false, TestContext.Current.CancellationToken);
        Assert.Equal(NetworkFormat.Onnx, NetworkFormats.OfContent(path));
        NetworkFile.Write(network, path, replace: true, TestContext.Current.CancellationToken);
        Assert.Equal(NetworkFormat.Safetensors, NetworkFormats.OfContent(path));

        // A header whose length begins with the same byte.
        File.WriteAllBytes(path, [8, 1, 0, 0, 0, 0, 0, 0, (byte)'{']);
        Assert.Equal(NetworkFormat.Safetensors, NetworkFormats.OfContent(path));
        File.WriteAllBytes(path, []);
        Assert.Equal(NetworkFormat.Safetensors, NetworkFormats.OfContent(path));
    }

    private MnistNetwork Change(MnistNetwork network, Action<ModelProto> change)
    {
        Write(network);
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
        change(model);
        File.WriteAllBytes(_path, Google.Protobuf.MessageExtensions.ToByteArray(model));
        return Networks.File.Read(_path, null, TestContext.Current.CancellationToken);
    }

    private void Write(MnistNetwork network, bool replace = true) => Networks.File.Write(network, _path, replace, TestContext.Current.CancellationToken);

    private MnistNetwork Restore(MnistNetwork network)
    {
        Write(network);
        return Networks.File.Read(_path, null, TestContext.Current.CancellationToken);
    }

    private MnistException ReadFault() => Assert.Throws<MnistException>(() => Networks.File.Read(_path, null, TestContext.Current.CancellationToken));
}
