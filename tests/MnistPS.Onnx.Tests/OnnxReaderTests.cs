using System.Text.Json;
using Google.Protobuf;
using MnistPS.Layers;
using MnistPS.Onnx;
using Onnx;

using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace MnistPS.Tests;

/// <summary>Models that others made: <c>models/models.py</c>.</summary>
public sealed class OnnxReaderTests : IDisposable
{
    private const string Layers = "conv 3x5 same,batchnorm,leakyrelu,pool 2,dense 6,relu,dense 10";

    private static readonly string _models = Path.Combine(AppContext.BaseDirectory, "models");

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public OnnxReaderTests() => _path = Path.Combine(_folder.Path, "net.onnx");

    public static TheoryData<string, string> Models => new()
    {
        { "pytorch-mlp", "dense 2, relu, dense 10" },
        { "pytorch-convnet", "conv 2x5, leakyrelu, pool 2, conv 3x3 same, sigmoid, batchnorm, pool 2, dense 6, tanh, dense 10" },
        { "pytorch-one-image", "conv 2x5, leakyrelu, pool 2, conv 3x3 same, sigmoid, batchnorm, pool 2, dense 6, tanh, dense 10" },
        { "keras-mlp", "dense 2, relu, dense 10" },
        { "keras-convnet", "conv 2x5, relu, pool 2, batchnorm, conv 3x4 same, pool 2, dense 10" },
        { "sklearn-mlp", "dense 2, relu, dense 10" },
    };

    /// <summary>What is changed in a model of ours, and what the message says then.</summary>
    public static TheoryData<string, string> Changes => new(Changed.Keys.Select(what => (what, Changed[what].Reason)));

    private static Dictionary<string, (Action<ModelProto> Change, string Reason)> Changed { get; } = new()
    {
        ["an unknown operator"] = (model => NodeOf(model, "LeakyRelu").OpType = "Gelu", "node '2.LeakyRelu' (Gelu) is an operator that no layer here stands for"),
        ["an operator of another set"] = (model => NodeOf(model, "LeakyRelu").Domain = "com.microsoft", "(com.microsoft.LeakyRelu) is an operator"),
        ["an unknown attribute"] = (model => NodeOf(model, "Conv").Attribute.Add(Int("shift", 1)), "node '0.Conv' (Conv) has an attribute 'shift'"),
        ["strides"] = (model => NodeOf(model, "Conv").Attribute.Add(Ints("strides", 2, 2)), "node '0.Conv' (Conv) has strides of (2, 2); (1, 1) was expected"),
        ["dilations"] = (model => NodeOf(model, "Conv").Attribute.Add(Ints("dilations", 2, 2)), "dilations of (2, 2)"),
        ["groups"] = (model => NodeOf(model, "Conv").Attribute.Add(Int("group", 3)), "has 3 groups"),
        ["another border"] = (model => Of(model, "Conv", "pads").Ints[0] = 1, "has a border of (1, 2, 2, 2); none, or (2, 2, 2, 2)"),
        ["a border without a name"] = (model => NodeOf(model, "Conv").Attribute.Add(new AttributeProto { Name = "auto_pad", Type = AttributeType.String, S = ByteString.CopyFromUtf8("WIDE") }), "'WIDE'"),
        ["filters that are not square"] = (model => TensorOf(model, "0.weight").Dims.ReplaceAll(3, 1, 25, 1), "has filters of (3, 1, 25, 1); (filters, 1, K, K) was expected"),
        ["filters of more channels"] = (model => TensorOf(model, "0.weight").Dims.ReplaceAll(1, 3, 5, 5), "has filters of (1, 3, 5, 5)"),
        ["windows that overlap"] = (model => Of(model, "MaxPool", "strides").Ints.ReplaceAll(1, 1), "node '3.MaxPool' (MaxPool) has strides of (1, 1); (2, 2) was expected"),
        ["windows with a border"] = (model => NodeOf(model, "MaxPool").Attribute.Add(Ints("pads", 1, 1, 1, 1)), "has a border"),
        ["windows that are not square"] = (model => Of(model, "MaxPool", "kernel_shape").Ints.ReplaceAll(2, 1), "not square"),
        ["windows beyond the image"] = (model =>
        {
            Of(model, "MaxPool", "kernel_shape").Ints.ReplaceAll(3, 3);
            Of(model, "MaxPool", "strides").Ints.ReplaceAll(3, 3);
            NodeOf(model, "MaxPool").Attribute.Add(Int("ceil_mode", 1));
        }, "reach beyond (N, 3, 28, 28)"),
        ["means instead of largest numbers"] = (model => NodeOf(model, "MaxPool").OpType = "AveragePool", "(AveragePool) is an operator"),
        ["a slope that turns the sign"] = (model => Of(model, "LeakyRelu", "alpha").F = -0.2f, "has a slope of -0.2; one from 0 to 1 was expected"),
        ["numbers of another type"] = (model => TensorOf(model, "4.bias").DataType = (int)DataType.Int8, "tensor '4.bias' has numbers of type Int8"),
        ["statistics of the batch"] = (model => NodeOf(model, "BatchNormalization").Attribute.Add(Int("training_mode", 1)), "exported in training mode: node '1.BatchNormalization' (BatchNormalization)"),
        ["statistics of the batch as an output"] = (model => NodeOf(model, "BatchNormalization").Output.Add("mean"), "exported in training mode"),
        ["dropout that drops"] = (model =>
        {
            model.Graph.Initializer.Add(Floats("ratio", [0.3f]));
            model.Graph.Initializer.Add(new TensorProto { Name = "mode", DataType = (int)DataType.Bool, RawData = ByteString.CopyFrom(1) });
            model.Graph.Node.Insert(7, NewNode("Dropout", ["5.Relu", "ratio", "mode"], "dropped"));
            model.Graph.Node[8].Input[0] = "dropped";
        }, "exported in training mode: node 7 (Dropout)"),
        ["too small an epsilon"] = (model =>
        {
            Of(model, "BatchNormalization", "epsilon").F = 0;
            TensorOf(model, "1.running_var").RawData = ByteString.CopyFrom(new byte[12]);
        }, "epsilon smaller than 1e-5"),
        ["a layer less"] = (model => NodeOf(model, "Flatten").OpType = "Identity", "node '4.Gemm' (Gemm) multiplies a matrix with (N, 3, 14, 14)"),
        ["weights that do not fit"] = (model => TensorOf(model, "4.weight").Dims.ReplaceAll(588, 6), "has weights of (588, 6); (units, 588) was expected"),
        ["an image the other way round"] = (model => NodeOf(model, "Gemm").Attribute.Add(Int("transA", 1)), "multiplies the other way round"),
        ["a branch"] = (model => model.Graph.Node.Add(NewNode("Add", ["logits", "3.MaxPool"], "sum")), "(Add) takes what another node has taken already"),
        ["a sum with itself"] = (model => NodeOf(model, "LeakyRelu").Input.Add("1.BatchNormalization"), "takes what another node has taken already"),
        ["a number added where none is learned"] = (model =>
        {
            model.Graph.Initializer.Add(Floats("half", 0.5f));
            model.Graph.Node.Insert(3, NewNode("Add", ["2.LeakyRelu", "half"], "more"));
            NodeOf(model, "MaxPool").Input[0] = "more";
        }, "node 3 (Add) adds to something else"),
        ["an axis that is added twice"] = (model =>
        {
            NodeProto node = NewNode("Unsqueeze", ["image"], "deeper");
            node.Attribute.Add(Ints("axes", 5, 5));
            model.Graph.Node.Insert(0, node);
            NodeOf(model, "Conv").Input[0] = "deeper";
        }, "(Unsqueeze) names an axis twice"),
        ["a layer behind the softmax"] = (model => model.Graph.Node.Add(NewNode("Tanh", ["probabilities"], "more")), "(Tanh) comes behind the softmax"),
        ["another scale than 255"] = (model => ScaleInput(model, 256), "(Div) scales by a number"),
        ["whole numbers without a scale"] = (model => InputOf(model).ElemType = (int)DataType.Uint8, "whole numbers, and no node divides them by 255"),
        ["a text for an input"] = (model => InputOf(model).ElemType = (int)DataType.String, "numbers of type String"),
        ["an input of another size"] = (model => InputOf(model).Shape.Dim[3].DimValue = 32, "input 'image' has the shape (N, 1, 28, 32); an image of 28 by 28 grey values was expected"),
        ["an input of three colours"] = (model => InputOf(model).Shape.Dim[1].DimValue = 3, "has the shape (N, 3, 28, 28)"),
        ["an input whose size is open"] = (model => InputOf(model).Shape.Dim[2].DimParam = "height", "has the shape (N, 1, height, 28), in which more than the number of images is open"),
        ["an input without a shape"] = (model => InputOf(model).Shape = null, "has the shape ()"),
        ["two inputs"] = (model => model.Graph.Input.Add(new ValueInfoProto { Name = "mask" }), "it has 2 inputs, 'image', 'mask'"),
        ["no input"] = (model => model.Graph.Input.Clear(), "it has 0 inputs"),
        ["outputs for twelve classes"] = (model =>
        {
            model.Graph.Initializer.Remove(TensorOf(model, "6.weight"));
            model.Graph.Initializer.Remove(TensorOf(model, "6.bias"));
            model.Graph.Initializer.Add(Floats("6.weight", new float[72], 12, 6));
            model.Graph.Initializer.Add(Floats("6.bias", new float[12]));
        }, "the last layer gives (12)"),
        ["an image for an output"] = (model =>
        {
            while (model.Graph.Node.Count > 4)
            {
                model.Graph.Node.RemoveAt(4);
            }
        }, "it gives (N, 3, 14, 14) for each image; ten numbers"),
        ["weights in another file"] = (model =>
        {
            TensorProto tensor = TensorOf(model, "4.weight");
            tensor.DataLocation = DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../../../etc/passwd" });
        }, "tensor '4.weight' lies in another file, and no other file is opened"),
        ["weights that are computed"] = (model =>
        {
            model.Graph.Node.Insert(0, NewNode("RandomNormal", [], "random"));
            NodeOf(model, "Conv").Input[1] = "random";
        }, "node 0 (RandomNormal) computes something"),
        ["weights of the image"] = (model => NodeOf(model, "Gemm").Input[1] = "image", "(Gemm) takes what another node has taken already"),
        ["an old operator set"] = (model => model.OpsetImport[0].Version = 6, "operator set 6"),
        ["images made one"] = (model => ReshapeInput(model, 1, -1), "makes (1, -1) of (N, 1, 28, 28)"),
        ["an axis that is cut"] = (model => ReshapeInput(model, -1, 56, 14), "makes (-1, 56, 14) of (N, 1, 28, 28)"),
        ["more numbers than there are"] = (model => ReshapeInput(model, 0, 785), "makes (0, 785)"),
    };

    /// <summary>What is no sound model: of the same kind as a damaged file.</summary>
    private static Dictionary<string, (Action<ModelProto> Change, string Reason)> Damages { get; } = new()
    {
        ["no graph"] = (model => model.Graph = null, "has no graph"),
        ["an input that nobody gives"] = (model => NodeOf(model, "Gemm").Input[1] = "nothing", "takes 'nothing', which nothing in front of it gives"),
        ["numbers that are missing"] = (model => TensorOf(model, "4.bias").RawData = ByteString.CopyFrom(new byte[5]), "tensor '4.bias' has 5 bytes, and its shape (6) has 6 numbers of 4 each"),
        ["a shape beyond all memory"] = (model => TensorOf(model, "4.bias").Dims.ReplaceAll(1L << 40, 1L << 40), "a shape that no tensor has"),
        ["a shape below nothing"] = (model => TensorOf(model, "4.bias").Dims.ReplaceAll(-6), "a shape that no tensor has"),
        ["an attribute of another type"] = (model => Of(model, "LeakyRelu", "alpha").Type = AttributeType.Strings, "attribute 'alpha' of type Strings; Float was expected"),
        ["metadata that say nothing"] = (model => model.MetadataProps.Single(text => text.Key == "mnistps").Value = "{}", "describes no network"),
    };

    public static TheoryData<string, string> Damaged => new(Damages.Keys.Select(what => (what, Damages[what].Reason)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void AModelReadsAsItsMakerSays(string model, string layers)
    {
        Dictionary<string, double[][]> facts = JsonSerializer.Deserialize<Dictionary<string, double[][]>>(File.ReadAllText(Path.Combine(_models, "models.json")))!;
        MnistNetwork network = Read(PathOf(model));
        Assert.Equal(layers, network.ToString());
        List<Prediction> predictions = Networks.Read(network, Patterns());
        Assert.Equal(facts[model].Length, predictions.Count);
        Assert.All(predictions.Zip(facts[model]), pair => Assert.All(pair.First.Scores.Zip(pair.Second), score => Assert.Equal(score.First, score.Second, 1e-6)));

        // It learns on, and goes out.
        Sample.Train(network, Sample.Dataset(50, 10), Sample.Options(epochs: 1));
        Networks.File.Write(network, _path, replace: false, TestContext.Current.CancellationToken);
        Assert.Equal((layers, 1), (Read(_path).ToString(), network.EpochsTrained));
    }

    /// <summary>The files are what their makers say they are.</summary>
    [Theory]
    [InlineData("pytorch-mlp", 500)]
    [InlineData("pytorch-convnet", 500)]
    [InlineData("pytorch-one-image", 1)]
    [InlineData("keras-mlp", 500)]
    [InlineData("keras-convnet", 500)]
    public void OnnxRuntimeReadsTheModelsTheSame(string model, int atOnce)
    {
        ImageSet images = RealMnist.First(1, 2000).Test;
        List<Prediction> predictions = Networks.Read(Read(PathOf(model)), images);
        using Runtime runtime = new(PathOf(model));

        // The one that divides by itself takes grey values.
        double[][] outputs = runtime.Read(images, "output", atOnce, scale: model == "keras-mlp" ? 1 : 255);
        Assert.All(predictions.Zip(outputs), pair => Assert.Equal(pair.First.Label, Array.IndexOf(pair.Second, pair.Second.Max())));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhatNoNetworkHasIsRefusedByItsName(string what, string reason)
    {
        MnistException fault = Fault(Changed[what].Change);
        Assert.Equal("NetworkNotSupported", fault.Id);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains(_path, fault.Message, StringComparison.Ordinal);

        // What to do: for an unknown operator, which ones there are.
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
        Assert.Equal(reason.Contains("is an operator", StringComparison.Ordinal), fault.Message.Contains("Gemm, MatMul, Add", StringComparison.Ordinal));
        Assert.Equal(reason.Contains("training mode", StringComparison.Ordinal), fault.Message.Contains("model.eval()", StringComparison.Ordinal));
        Assert.Contains("xport it", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void WhatIsNoSoundModelIsRefused(string what, string reason)
    {
        MnistException fault = Fault(Damages[what].Change);
        Assert.Equal("NotANetworkFile", fault.Id);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Other ways to write the same network.</summary>
    [Fact]
    public void TheSameNetworkIsReadInOtherWords()
    {
        Assert.Equal(Text(_ => { }), Text(model => ScaleInput(model, 255)));
        Assert.Equal(Text(_ => { }), Text(model => ReshapeInput(model, 0, 1, 28, -1)));
        Assert.Equal(Text(_ => { }), Text(model => Of(model, "Conv", "pads").Ints.ReplaceAll(2, 2, 2, 2)));
        Assert.Equal(Text(_ => { }), Text(model =>
        {
            NodeOf(model, "Conv").Attribute.Remove(Of(model, "Conv", "pads"));
            NodeOf(model, "Conv").Attribute.Add(new AttributeProto { Name = "auto_pad", Type = AttributeType.String, S = ByteString.CopyFromUtf8("SAME_LOWER") });
        }));
        Assert.Equal(Text(_ => { }), Text(model =>
        {
            // As numbers of a field, and not as bytes.
            TensorProto bias = TensorOf(model, "6.bias");
            bias.FloatData.Add(Enumerable.Range(0, 10).Select(i => BitConverter.ToSingle(bias.RawData.Span[(4 * i)..])));
            bias.RawData = ByteString.Empty;
        }));
        Assert.Equal(Text(_ => { }), Text(model =>
        {
            // As a constant node, and as an input with a value, as before IR version 4.
            TensorProto weights = TensorOf(model, "4.weight");
            model.Graph.Initializer.Remove(weights);
            NodeProto node = NewNode("Constant", [], "4.weight");
            node.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeType.Tensor, T = weights });
            model.Graph.Node.Insert(0, node);
            model.Graph.Input.Add(new ValueInfoProto { Name = "0.weight" });
        }));
    }

    /// <summary>Dropout is a layer, since the network may be trained on; with its rate as an attribute, and as an input.</summary>
    [Fact]
    public void DropoutIsALayer()
    {
        foreach (bool isInput in (bool[])[false, true])
        {
            MnistNetwork network = Changing(model =>
            {
                NodeProto node = NewNode("Dropout", ["5.Relu"], "dropped");
                if (isInput)
                {
                    node.Input.Add(["ratio", "mode"]);
                    model.Graph.Initializer.Add(Floats("ratio", [0.3f]));
                    model.Graph.Initializer.Add(new TensorProto { Name = "mode", DataType = (int)DataType.Bool, RawData = ByteString.CopyFrom(0) });
                }
                else
                {
                    node.Attribute.Add(new AttributeProto { Name = "ratio", Type = AttributeType.Float, F = 0.3f });
                }

                model.Graph.Node.Insert(7, node);
                model.Graph.Node[8].Input[0] = "dropped";
                model.MetadataProps.Clear();
            });
            Assert.Equal("conv 3x5 same, batchnorm, leakyrelu, pool 2, dense 6, relu, dropout 0.3, dense 10", network.ToString());
        }
    }

    /// <summary>The slopes of PyTorch, Keras and ONNX's own default, in the 32 bits that a model has.</summary>
    [Theory]
    [InlineData(0.3f, "leakyrelu 0.3")]
    [InlineData(0.2f, "leakyrelu 0.2")]
    [InlineData(0f, "leakyrelu 0")]
    [InlineData(1f / 3, "leakyrelu 0.33333334")]
    [InlineData(0.01f, "leakyrelu")]
    [InlineData(null, "leakyrelu")]
    public void ASlopeIsRead(float? slope, string word)
    {
        MnistNetwork network = Changing(model =>
        {
            if (slope is { } alpha)
            {
                Of(model, "LeakyRelu", "alpha").F = alpha;
            }
            else
            {
                NodeOf(model, "LeakyRelu").Attribute.Clear();
            }
        });
        Assert.Equal($"conv 3x5 same, batchnorm, {word}, pool 2, dense 6, relu, dense 10", network.ToString());
        Networks.File.Write(network, _path, replace: true, TestContext.Current.CancellationToken);
        using Runtime runtime = new(_path);
        ImageSet images = Patterns();
        Assert.All(
            Networks.Read(Read(_path), images).Zip(runtime.Read(images, OnnxWriter.ProbabilitiesName, 4)),
            pair => Assert.All(pair.First.Scores.Zip(pair.Second), score => Assert.Equal(score.First, score.Second, 1e-5)));
    }

    /// <summary>Outputs of an activation are no logits, of which a softmax would be taken.</summary>
    [Fact]
    public void OutputsOfAnActivationStayAsTheyAre()
    {
        MnistNetwork network = Changing(model =>
        {
            model.MetadataProps.Clear();
            model.Graph.Node[^1].OpType = "Sigmoid";
            model.Graph.Node[^1].Attribute.Clear();
        });
        Assert.Equal(LossKind.SquaredError, network.Loss);
        Assert.All(Networks.Read(network, Patterns())[0].Scores, score => Assert.InRange(score, 0, 1));
    }

    /// <summary>A model whose nodes are no longer ours, and whose metadata are: the nodes count, and the loss is known.</summary>
    [Fact]
    public void NodesCountMoreThanMetadata()
    {
        MnistNetwork network = Changing(model =>
        {
            NodeOf(model, "LeakyRelu").Attribute.Clear();
            NodeOf(model, "LeakyRelu").OpType = "Tanh";
        });
        Assert.Equal("conv 3x5 same, batchnorm, tanh, pool 2, dense 6, relu, dense 10", network.ToString());
        Assert.Equal((0, 0UL), (network.EpochsTrained, network.Seed));
    }

    /// <summary>A few bytes that ask for much: the same numbers again and again.</summary>
    [Fact]
    public void ASmallFileDoesNotTakeAllMemory()
    {
        MnistException fault = Fault(model =>
        {
            model.Graph.Initializer.Add(Floats("big", new float[100_000], 100, 1000));
            for (int i = 0; i < 3000; i++)
            {
                NodeProto node = NewNode("Transpose", ["big"], $"turned{i}");
                model.Graph.Node.Insert(0, node);
            }
        });
        Assert.Equal("NetworkNotSupported", fault.Id);
        Assert.Contains("more than 200000000 numbers", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MessagesStayShort()
    {
        string name = new('x', 100_000);
        MnistException fault = Fault(model =>
        {
            NodeOf(model, "LeakyRelu").OpType = name;
            NodeOf(model, "LeakyRelu").Name = name;
        });
        Assert.InRange(fault.Message.Length, 300, 1500);
    }

    /// <summary>The images of models.py.</summary>
    private static ImageSet Patterns()
    {
        byte[] pixels = new byte[4 * MnistImage.PixelCount];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int image, int row, int column) = (i / MnistImage.PixelCount, i % MnistImage.PixelCount / MnistImage.Side, i % MnistImage.Side);
            pixels[i] = (row + column + image) % 3 == 0 ? (byte)((row * 17 + column * 29 + image * 53) % 256) : (byte)0;
        }

        return new ImageSet(pixels, new byte[4]);
    }

    private static string PathOf(string model) => Path.Combine(_models, model + ".onnx");

    private static MnistNetwork Read(string path) => Networks.File.Read(path, null, TestContext.Current.CancellationToken);

    private static NodeProto NodeOf(ModelProto model, string operation) => model.Graph.Node.First(node => node.Name.EndsWith("." + operation, StringComparison.Ordinal));

    private static AttributeProto Of(ModelProto model, string operation, string attribute) => NodeOf(model, operation).Attribute.Single(one => one.Name == attribute);

    private static TensorProto TensorOf(ModelProto model, string name) => model.Graph.Initializer.Single(tensor => tensor.Name == name);

    private static TypeProto.Types.Tensor InputOf(ModelProto model) => model.Graph.Input.Single().Type.TensorType;

    private static AttributeProto Int(string name, long number) => new() { Name = name, Type = AttributeType.Int, I = number };

    private static AttributeProto Ints(string name, params long[] numbers)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeType.Ints };
        attribute.Ints.Add(numbers);
        return attribute;
    }

    private static NodeProto NewNode(string operation, string[] inputs, string output)
    {
        NodeProto node = new() { OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(output);
        return node;
    }

    private static TensorProto Floats(string name, float number)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Float };
        tensor.FloatData.Add(number);
        return tensor;
    }

    private static TensorProto Floats(string name, float[] numbers, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.Add(shape.Length > 0 ? shape : [numbers.Length]);
        tensor.FloatData.Add(numbers);
        return tensor;
    }

    private static void ScaleInput(ModelProto model, float number)
    {
        model.Graph.Initializer.Add(Floats("grey", number));
        model.Graph.Node.Insert(0, NewNode("Div", ["image", "grey"], "scaled"));
        NodeOf(model, "Conv").Input[0] = "scaled";
    }

    private static void ReshapeInput(ModelProto model, params long[] shape)
    {
        TensorProto sizes = new() { Name = "sizes", DataType = (int)DataType.Int64 };
        sizes.Dims.Add(shape.Length);
        sizes.Int64Data.Add(shape);
        model.Graph.Initializer.Add(sizes);
        model.Graph.Node.Insert(0, NewNode("Reshape", ["image", "sizes"], "reshaped"));
        NodeOf(model, "Conv").Input[0] = "reshaped";
    }

    private string Text(Action<ModelProto> change) => Networks.Text(Networks.Read(Changing(change), Patterns()));

    private MnistException Fault(Action<ModelProto> change) => Assert.Throws<MnistException>(() => Changing(change));

    private MnistNetwork Changing(Action<ModelProto> change)
    {
        ModelProto model = OnnxWriter.Write(Sample.Network(Layers), Sample.Network(Layers).State, TestContext.Current.CancellationToken);
        change(model);
        File.WriteAllBytes(_path, model.ToByteArray());
        return Read(_path);
    }
}
