using MnistPS.Formats;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;
using Onnx;

namespace MnistPS.Onnx;

/// <summary>
/// Makes a network of an ONNX model: a chain of nodes from one input, an image, to ten outputs. Nodes that reshape and transpose the image are
/// followed (<see cref="Signal"/>), constants are computed (<see cref="Constant"/>), and nodes that pick a label at the end are ignored. Any
/// other node is refused by its name, since a network without it is another network. Operators:
/// github.com/onnx/onnx/blob/main/docs/Operators.md.
/// </summary>
internal sealed class OnnxReader
{
    private const string Understood =
        "A chain of Gemm, MatMul, Add, Conv, MaxPool, BatchNormalization, Relu, LeakyRelu, Tanh, Sigmoid, Dropout, Flatten, Reshape, Transpose and Softmax is read, as the help of Import-MnistNetwork says. Make the model of these, and export it again.";

    private const string Advice = "Change that in the program that made it, and export it again; the help of Import-MnistNetwork says what is read.";

    private const string TrainingAdvice =
        "Export it for inference, in PyTorch by model.eval() and torch.onnx.export(..., training=torch.onnx.TrainingMode.EVAL).";

    // Older sets have attributes in place of some inputs.
    private const long LeastOperatorSet = 7;
    private const double MostGrey = 255;

    // Blocks of this size stay in the cache, for either order of the weights.
    private const int UnitsAtOnce = 16;

    // 1/255 in 32 bits is not exact.
    private const double Tolerance = 1e-6;

    // The engine's epsilon of variances.
    private const double NormalizationEpsilon = 1e-5;

    // The maximum length of a shape.
    private const int MostDimensions = 16;

    // Twice the parameters of the largest network, and some shapes.
    private const long MostNumbers = 200_000_000;

    private readonly string _path;
    private readonly ModelProto _model;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, TensorProto> _tensors = [];
    private readonly Dictionary<string, Constant> _constants = [];
    private readonly HashSet<string> _passed = [];
    private readonly HashSet<string> _beside = [];
    private readonly List<(LayerDefinition Layer, double[]?[] Values)> _layers = [];

    private string _name = "";
    private Signal _signal = null!;
    private long? _imageCount;
    private long _room = MostNumbers;
    private bool _mustScale;
    private bool _isSoftmax;

    /// <summary>A reader of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public OnnxReader(ModelProto model, string path, CancellationToken cancellation)
    {
        _model = model;
        _path = path;
        _cancellation = cancellation;
    }

    /// <summary>The network.</summary>
    /// <exception cref="MnistException">It has a part that no network of this module has (<c>NetworkNotSupported</c>).</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public MnistNetwork Read()
    {
        GraphProto graph = _model.Graph ?? throw new FormatException("It has no graph.");
        long operators = _model.OpsetImport.Where(set => set.Domain is "" or "ai.onnx").Select(set => set.Version).DefaultIfEmpty(1).Max();
        if (operators < LeastOperatorSet)
        {
            throw Unfit($"it is written with operator set {operators}; {LeastOperatorSet} or later was expected");
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            _tensors[tensor.Name] = tensor;
        }

        ReadInput(graph);
        foreach ((int i, NodeProto message) in graph.Node.Index())
        {
            _cancellation.ThrowIfCancellationRequested();
            Follow(new Node(message, i));
        }

        if (_mustScale)
        {
            throw Unfit("its input holds whole numbers, and no node divides them by 255. Let the model take float32 numbers from 0 to 1");
        }

        return Build();
    }

    private void ReadInput(GraphProto graph)
    {
        // Before IR version 4, each initializer is an input too.
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !_tensors.ContainsKey(input.Name))];
        if (inputs is not [var image])
        {
            string names = string.Join(", ", inputs.Take(8).Select(input => $"'{Node.Shortened(input.Name)}'"));
            throw Unfit($"it has {inputs.Length} inputs{(inputs.Length > 0 ? $", {names}" : "")}; one, an image, was expected");
        }

        TypeProto.Types.Tensor? type = image.Type?.TensorType;
        TensorProto.Types.DataType element = (TensorProto.Types.DataType)(type?.ElemType ?? 0);
        _mustScale = element is TensorProto.Types.DataType.Uint8 or TensorProto.Types.DataType.Int32 or TensorProto.Types.DataType.Int64;
        if (!_mustScale && element is not (TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Float16))
        {
            throw Unfit($"its input '{Node.Shortened(image.Name)}' has numbers of type {element}; float was expected");
        }

        TensorShapeProto.Types.Dimension[] dimensions = type?.Shape?.Dim.ToArray() ?? [];
        string shape = $"({string.Join(", ", dimensions.Take(8).Select(dimension => dimension.HasDimValue ? $"{dimension.DimValue}" : dimension.HasDimParam ? Node.Shortened(dimension.DimParam) : "?"))})";
        if (dimensions.Skip(1).Any(dimension => !dimension.HasDimValue))
        {
            throw Unfit(
                $"its input '{Node.Shortened(image.Name)}' has the shape {shape}, in which more than the number of images is open. Export it with the sizes of an image, such as (N, 1, 28, 28)");
        }

        _signal = (dimensions.Length > 1 ? Signal.OfImage([.. dimensions.Skip(1).Select(dimension => dimension.DimValue)]) : null)
            ?? throw Unfit($"its input '{Node.Shortened(image.Name)}' has the shape {shape}; an image of 28 by 28 grey values was expected: (N, 1, 28, 28), (N, 28, 28, 1), (N, 28, 28) or (N, 784)");
        _imageCount = dimensions[0].HasDimValue && dimensions[0].DimValue > 0 ? dimensions[0].DimValue : null;
        _name = image.Name;
    }

    /// <summary>Follows a node. Nodes are in topological order.</summary>
    private void Follow(Node node)
    {
        string[] inputs = [.. node.Inputs.Where(input => input.Length > 0)];
        if (inputs.Any(_beside.Contains))
        {
            _beside.UnionWith(node.Outputs);
            return;
        }

        bool isOfSignal = inputs.Contains(_name);
        if (!isOfSignal && !inputs.Any(_passed.Contains))
        {
            _constants[First(node)] = Compute(node);
            return;
        }

        switch (node.Operator)
        {
            case "ArgMax" or "TopK" or "ai.onnx.ml.ZipMap":
                // The label follows from the outputs.
                _beside.UnionWith(node.Outputs);
                return;
            case "Shape" when isOfSignal && node.AttributeBeside() is null:
                _constants[First(node)] = Constant.Row([Constant.ImageCount, .. _signal.Sizes]);
                return;
        }

        if (!isOfSignal || inputs.Count(input => input == _name || _passed.Contains(input)) > 1)
        {
            throw Unfit(node, "takes what another node has taken already; a chain without branches was expected");
        }

        if (_isSoftmax && node.Operator is not ("Identity" or "Cast"))
        {
            throw Unfit(node, "comes behind the softmax, which was expected to be the last");
        }

        Apply(node);
        _passed.Add(_name);
        _name = First(node);
    }

    private void Apply(Node node)
    {
        switch (node.Operator)
        {
            case "Identity":
                break;
            case "Cast":
                Allow(node, "to", "saturate");
                break;
            case "Flatten":
                Allow(node, "axis");
                Require(node, node.Int("axis", 1) is 1, "flattens along another axis than 1");
                Reshape(node, [Constant.ImageCount, -1]);
                break;
            case "Reshape":
                Allow(node, "allowzero");
                Require(node, node.Int("allowzero", 0) == 0, "takes a size of 0 as it is");
                Reshape(node, Known(node, 1).Numbers);
                break;
            case "Squeeze":
                Allow(node, "axes");
                int[] removed = Axes(node, _signal.Dimensions.Length + 1);
                Require(node, removed.All(axis => axis > 0 && _signal.Sizes[axis - 1] == 1), "takes away a dimension of more than one number, or that of the images");
                Reshape(node, [Constant.ImageCount, .. _signal.Sizes.Where((_, i) => !removed.Contains(i + 1)).Select(size => (double)size)]);
                break;
            case "Unsqueeze":
                Allow(node, "axes");
                int rank = _signal.Dimensions.Length + 1;
                int[] added = Axes(node, rank + (node.Ints("axes")?.Length ?? Known(node, 1).Numbers.Length));
                Require(node, !added.Contains(0), "adds a dimension in front of that of the images");
                List<double> sizes = [Constant.ImageCount, .. _signal.Sizes.Select(size => (double)size)];
                foreach (int axis in added.Order())
                {
                    sizes.Insert(axis, 1);
                }

                Reshape(node, [.. sizes]);
                break;
            case "Transpose":
                Allow(node, "perm");
                _signal = (node.Ints("perm") is { } order ? _signal.Transpose(order) : null)
                    ?? throw Unfit(node, "moves the dimension of the images, or has not as many as there are");
                break;
            case "Gemm":
                Allow(node, "alpha", "beta", "transA", "transB");
                Require(node, node.Int("transA", 0) == 0 && node.Input(0) == _name, "multiplies the other way round");
                AddDense(node, Known(node, 1), node.Int("transB", 0) != 0, node.Float("alpha", 1));
                if (node.Input(2) is not null)
                {
                    AddBias(node, Known(node, 2), node.Float("beta", 1));
                }

                break;
            case "MatMul":
                Allow(node);
                Require(node, node.Input(0) == _name, "multiplies the other way round");
                AddDense(node, Known(node, 1), isTransposed: false, 1);
                break;
            case "Add":
                Allow(node);
                AddBias(node, Other(node), 1);
                break;
            case "Div" or "Mul":
                Allow(node);
                Scale(node);
                break;
            case "Conv":
                AddConvolution(node);
                break;
            case "MaxPool":
                AddPool(node);
                break;
            case "BatchNormalization":
                AddNormalization(node);
                break;
            case "Relu" or "Tanh" or "Sigmoid":
                Allow(node);
                Add(node, node.Operator.ToLowerInvariant());
                break;
            case "LeakyRelu":
                Allow(node, "alpha");
                float slope = (float)node.Float("alpha", ActivationDefinition.DefaultSlope);
                Require(node, slope is >= 0 and <= 1, Invariant($"has a slope of {slope}; one from 0 to 1 was expected"));
                Add(node, Invariant($"leakyrelu {slope}"));
                break;
            case "Dropout":
                Allow(node, "ratio", "seed");
                RequireInference(node, node.Input(2) is null || Single(Known(node, 2)) == 0);
                double rate = Math.Round(node.Input(1) is null ? node.Float("ratio", 0.5) : Single(Known(node, 1)), 7);
                Require(node, rate is >= 0 and < 1, Invariant($"drops {rate}; a rate from 0 up to 1 was expected"));
                if (rate > 0)
                {
                    Add(node, Invariant($"dropout {rate}"));
                }

                break;
            case "Softmax" or "LogSoftmax":
                Allow(node, "axis");
                Require(node, _signal.IsUnits && node.Int("axis", -1) is 1 or -1, $"is over something else than the units; what it takes has the shape {_signal}");
                _isSoftmax = true;
                break;
            default:
                throw Unfit($"{node} is an operator that no layer here stands for", Understood);
        }
    }

    /// <summary>Computes constants, with the few operators that exporters use for shapes.</summary>
    private Constant Compute(Node node)
    {
        Constant? value = node.Operator switch
        {
            "Constant" when node.AttributeBeside("value", "value_int", "value_ints", "value_float") is null
                => node.Tensor("value") is { } tensor ? Read(tensor)
                : node.Ints("value_ints") is { } numbers ? Constant.Row([.. numbers.Select(number => (double)number)])
                : new Constant([], [node.Float("value_float", node.Int("value_int", 0))]),
            "Identity" or "Cast" => Known(node, 0),
            "Transpose" => Known(node, 0).Transpose(node.Ints("perm"), _cancellation),
            "Reshape" => Known(node, 0).Reshape(Known(node, 1).Numbers),
            "Squeeze" or "Unsqueeze" when Known(node, 0) is { Numbers.Length: 1 } one => node.Operator == "Squeeze" ? one with { Shape = [] } : one with { Shape = [1] },
            "Gather" when Known(node, 0) is { Shape.Length: 1 } from && Known(node, 1) is { Numbers: [double place] } at
                && (place < 0 ? place + from.Numbers.Length : place) is double index && index >= 0 && index < from.Numbers.Length
                => new Constant(at.Shape, [from.Numbers[(int)index]]),
            "Concat" when node.Inputs.Select((_, i) => Known(node, i)).ToArray() is var parts && parts.All(part => part.Shape is [< MostDimensions])
                => Constant.Row([.. parts.SelectMany(part => part.Numbers)]),
            _ => null,
        };
        Spend(value ?? throw Unfit(node, "computes something that is not computed here"));
        return value;
    }

    private void Reshape(Node node, double[] sizes)
    {
        int[] old = _signal.Sizes;
        long all = old.Aggregate(1L, (count, size) => count * size);
        long[] rest = [.. sizes.Skip(1).Select((size, i) => size == 0 && i < old.Length ? old[i] : double.IsNaN(size) || Math.Abs(size) > all ? 0 : (long)size)];
        int open = Array.IndexOf(rest, -1);
        if (open >= 0)
        {
            long known = rest.Where((_, i) => i != open).Aggregate(1L, (count, size) => Math.Min(count * Math.Max(size, 0), all + 1));
            rest[open] = known > 0 ? all / known : 0;
        }

        // The images' dimension stays first: copied by 0, as the only −1, as the computed number of images, or as the number in the input's shape.
        bool isOfImages = sizes.Length > 1 && (double.IsNaN(sizes[0]) || sizes[0] == 0 || (sizes[0] == -1 && open < 0) || sizes[0] == _imageCount);
        _signal = (isOfImages ? _signal.Reshape(rest) : null)
            ?? throw Unfit(node, $"makes ({string.Join(", ", sizes.Take(8).Select(size => double.IsNaN(size) ? "N" : Invariant($"{size}")))}) of {_signal}, which is no reshaping of each image by itself");
    }

    private void Scale(Node node)
    {
        Constant factor = Other(node);
        bool isDivision = node.Operator == "Div";
        Require(
            node,
            _layers.Count == 0 && (!isDivision || node.Input(0) == _name)
                && Math.Abs(Single(factor) * (isDivision ? 1 / MostGrey : MostGrey) - 1) < Tolerance,
            "scales by a number; only a division of the image by 255, in front of all layers, is one here, since a network takes its images so");
        _mustScale = false;
    }

    private void AddDense(Node node, Constant weights, bool isTransposed, double factor)
    {
        Require(node, _signal.IsRow, $"multiplies a matrix with {_signal}; a row of numbers for each image was expected, which a Flatten gives");
        int inputs = _signal.Sizes[0];
        if (weights.Shape.Length != 2 || weights.Shape[isTransposed ? 1 : 0] != inputs)
        {
            throw Unfit(node, $"has weights of ({string.Join(", ", weights.Shape)}); {(isTransposed ? $"(units, {inputs})" : $"({inputs}, units)")} was expected");
        }

        int units = weights.Shape[isTransposed ? 0 : 1];
        (int unitStride, int inputStride) = isTransposed ? (inputs, 1) : (1, units);
        int[] places = _signal.Places();
        double[] values = new double[weights.Numbers.Length];
        for (int first = 0; first < units; first += UnitsAtOnce)
        {
            _cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(first + UnitsAtOnce, units);
            for (int i = 0; i < inputs; i++)
            {
                for (int unit = first; unit < end; unit++)
                {
                    values[places[i] * units + unit] = factor * weights.Numbers[unit * unitStride + i * inputStride];
                }
            }
        }

        Add(node, Invariant($"dense {units}"), values, null);
        _signal = Signal.OfUnits(units);
    }

    private void AddConvolution(Node node)
    {
        Allow(node, "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
        RequireImage(node);
        Constant weights = Known(node, 1);
        if (weights.Shape is not [int filters, int channels, int kernel, int columns] || kernel != columns || channels != _signal.Shape.Channels)
        {
            throw Unfit(node, $"has filters of ({string.Join(", ", weights.Shape)}); (filters, {_signal.Shape.Channels}, K, K) was expected");
        }

        RequireSquare(node, "kernel_shape", kernel);
        RequireSquare(node, "strides", 1);
        RequireSquare(node, "dilations", 1);
        Require(node, node.Int("group", 1) == 1, $"has {node.Int("group", 1)} groups; one was expected");
        int start = (kernel - 1) / 2;
        int end = kernel - 1 - start;
        string padding = node.Text("auto_pad") ?? "NOTSET";
        long[] pads = padding switch
        {
            "NOTSET" => node.Ints("pads") ?? [0, 0, 0, 0],
            "VALID" => [0, 0, 0, 0],
            "SAME_UPPER" => [start, start, end, end],
            "SAME_LOWER" => [end, end, start, start],
            _ => throw Unfit(node, $"has a border called '{Node.Shortened(padding)}'"),
        };
        bool isValid = pads is [0, 0, 0, 0];
        Require(node, isValid || pads.SequenceEqual([start, start, end, end]),
            $"has a border of ({string.Join(", ", pads)}); none, or ({start}, {start}, {end}, {end}), with which the image stays as large as it is, was expected");
        Add(node, Invariant($"conv {filters}x{kernel}{(isValid ? "" : " same")}"), weights.Numbers, null);
        _signal = Signal.OfImage(_signal.Shape);
        if (node.Input(2) is not null)
        {
            AddBias(node, Known(node, 2) is { Shape: [_] } bias ? bias with { Shape = [bias.Numbers.Length, 1, 1] } : throw Unfit(node, "has a bias that is no row"), 1);
        }
    }

    private void AddPool(Node node)
    {
        Allow(node, "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides");
        RequireImage(node);
        long size = node.Ints("kernel_shape") is [long rows, long columns] && rows == columns ? rows : throw Unfit(node, "has windows that are not square");
        Require(node, size == 1 || node.Ints("strides") is not null, "has windows that overlap; such as lie side by side were expected");
        RequireSquare(node, "strides", size);
        RequireSquare(node, "dilations", 1);
        bool isWhole = size > 0 && _signal.Shape.Rows % size == 0 && _signal.Shape.Columns % size == 0;
        Require(node, node.Ints("pads") is null or [0, 0, 0, 0], "has a border; none was expected");
        Require(node, isWhole || (node.Int("ceil_mode", 0) == 0 && node.Text("auto_pad") is null or "NOTSET" or "VALID"),
            $"has windows that reach beyond {_signal}; only whole ones were expected");
        Require(node, node.Outputs.Skip(1).All(output => output.Length == 0), "gives where the largest number was, which nothing here takes");
        Add(node, Invariant($"pool {size}"));
        _signal = Signal.OfImage(_signal.Shape);
    }

    private void AddNormalization(Node node)
    {
        Allow(node, "epsilon", "momentum", "training_mode", "spatial");
        Require(node, _signal.IsImage || _signal.IsUnits, $"normalises {_signal}, whose dimension behind that of the images is not the channels'");
        RequireInference(node, node.Int("training_mode", 0) == 0 && node.Outputs.Skip(1).All(output => output.Length == 0));
        Require(node, node.Int("spatial", 1) == 1, "normalises each pixel by itself; by the running statistics of each channel was expected");
        int channels = _signal.Shape.Channels;
        double[][] numbers = [.. Enumerable.Range(1, 4).Select(i => Known(node, i).Numbers is { } found && found.Length == channels
            ? (double[])found.Clone()
            : throw Unfit(node, $"has not {channels} numbers in its input {i}"))];

        // The result depends only on the sum of variance and epsilon.
        float epsilon = (float)node.Float("epsilon", NormalizationEpsilon);
        double more = epsilon == (float)NormalizationEpsilon ? 0 : epsilon - NormalizationEpsilon;
        for (int i = 0; i < channels && more != 0; i++)
        {
            numbers[3][i] += more;
            Require(node, !(numbers[3][i] < 0), "has an epsilon smaller than 1e-5, and a variance that is smaller still");
        }

        Add(node, "batchnorm", numbers);
    }

    /// <summary>Adds a bias to the units or channels of the dense layer or convolution before it.</summary>
    private void AddBias(Node node, Constant bias, double factor)
    {
        if (_layers is not [.., (DenseDefinition or ConvolutionDefinition, double[]?[] values)])
        {
            throw Unfit(node, "adds to something else than what a dense layer or a convolution gives");
        }

        int channels = _signal.Shape.Channels;
        int rank = _signal.Dimensions.Length + 1;
        int? place = _signal.ChannelDimension - rank + bias.Shape.Length;
        Require(node, bias.Shape.Length <= rank && (bias.Numbers.Length == 1 || (bias.Numbers.Length == channels && place >= 0 && bias.Shape[place.Value] == channels)),
            $"adds ({string.Join(", ", bias.Shape)}) to {_signal}; a number for each unit or channel was expected");
        double[] sums = values[1] ??= new double[channels];
        for (int i = 0; i < channels; i++)
        {
            sums[i] += factor * bias.Numbers[bias.Numbers.Length == 1 ? 0 : i];
        }
    }

    private void Add(Node node, string word, params double[]?[] values)
    {
        try
        {
            LayerDefinition layer = LayerParser.Parse([word])[0];
            Shape shape = layer.OutputOf(_signal.Shape) ?? throw Unfit(node, $"does not fit onto {_signal}");
            _layers.Add((layer, values));
            _signal = _signal with { Shape = shape };
        }
        catch (MnistException e) when (e.Id == "InvalidLayer")
        {
            throw Unfit(node, $"would be '{word}', which is no layer here: {e.Message}");
        }
    }

    private MnistNetwork Build()
    {
        if (!_signal.IsRow)
        {
            throw Unfit($"it gives {_signal} for each image; ten numbers, (N, 10), were expected");
        }

        NetworkRecord? record = _model.MetadataProps.FirstOrDefault(text => text.Key == OnnxWriter.RecordKey) is { } own ? NetworkRecord.Parse(own.Value) : null;
        NetworkDefinition? recorded = record is null ? null : NetworkFile.Define(record);

        // Another program can change the nodes and keep the metadata.
        bool isOurs = recorded is not null && IsOf(recorded);
        NetworkDefinition definition = isOurs ? recorded! : Define(record?.Loss);
        double[][] values = [.. definition.Layers
            .Select((layer, i) => layer.ParametersFor(definition.Shapes[i]))
            .Where(parameters => parameters.Count > 0)
            .Zip(_layers.Where(layer => layer.Values.Length > 0), (parameters, layer) => parameters.Select((parameter, i) => layer.Values[i] ?? new double[parameter.Count]))
            .SelectMany(ofLayer => ofLayer)];
        NetworkState state = isOurs
            ? NetworkFile.StateOf(record! with { Optimizer = null }, values, values.Length)
            : new NetworkState(values, new NumPyGenerator(0), null, [], definition.Defaults.Precision);
        NetworkValidator.Check(definition, state, null, _cancellation);
        return new MnistNetwork(definition, isOurs ? record!.Seed : 0, state);
    }

    private NetworkDefinition Define(LossKind? recorded)
    {
        // Outputs of an activation are no logits.
        LossKind loss = recorded ?? (!_isSoftmax && _layers is [.., (ActivationDefinition, _)] ? LossKind.SquaredError : LossKind.CrossEntropy);
        try
        {
            return new NetworkDefinition([.. _layers.Select(layer => layer.Layer)], loss, TrainingDefaults.Custom);
        }
        catch (MnistException e)
        {
            throw Unfit(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Whether the nodes are those of a network. Dropout has no node.</summary>
    private bool IsOf(NetworkDefinition definition)
    {
        return WordsOf(definition.Layers).SequenceEqual(WordsOf(_layers.Select(layer => layer.Layer)))
            && (!definition.IsTutorial || _layers.All(layer => layer.Layer is not DenseDefinition || layer.Values[1] is null));

        static IEnumerable<string> WordsOf(IEnumerable<LayerDefinition> layers) => layers
            .Where(layer => layer is not DropoutDefinition)
            .Select(layer => layer switch
            {
                ConvolutionDefinition { Kernel: 1 } convolution => convolution with { IsSame = false },
                ActivationDefinition activation => activation with { Slope = (float)activation.Slope },
                _ => layer,
            }).Select(layer => layer.ToString());
    }

    /// <summary>A constant input of a node.</summary>
    private Constant Known(Node node, int input)
    {
        string name = node.Input(input) ?? throw Unfit(node, $"has no input {input}");
        if (_constants.TryGetValue(name, out Constant? constant))
        {
            return constant;
        }

        if (_tensors.TryGetValue(name, out TensorProto? tensor))
        {
            return Read(tensor);
        }

        throw name == _name || _passed.Contains(name)
            ? Unfit(node, "takes what depends on the image where a number that does not was expected")
            : new FormatException($"Its {node} takes '{Node.Shortened(name)}', which nothing in front of it gives.");
    }

    /// <summary>The constant one of two inputs. The other one is the image.</summary>
    private Constant Other(Node node) => Known(node, node.Input(0) == _name ? 1 : 0);

    private Constant Read(TensorProto tensor)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            throw Unfit(
                $"its tensor '{Node.Shortened(tensor.Name)}' lies in another file, and no other file is opened. Put all into one: onnx.save(onnx.load('model.onnx'), 'one.onnx')");
        }

        try
        {
            Constant constant = Constant.Read(tensor, _cancellation);
            Spend(constant);
            return constant;
        }
        catch (NotSupportedException e)
        {
            throw Unfit(e.Message);
        }
    }

    // A small file can use the same values many times.
    private void Spend(Constant constant)
    {
        _room -= constant.Numbers.Length;
        if (_room < 0)
        {
            throw Unfit($"it has more than {MostNumbers} numbers");
        }
    }

    private static double Single(Constant constant) => constant.Numbers is [double number] ? number : double.NaN;

    private int[] Axes(Node node, int rank)
    {
        double[] axes = node.Ints("axes") is { } old ? [.. old.Select(axis => (double)axis)] : Known(node, 1).Numbers;
        int[] counted = [.. axes.Select(axis => axis >= -rank && axis < rank
            ? (int)(axis < 0 ? axis + rank : axis)
            : throw Unfit(node, Invariant($"has an axis {axis} of {rank} dimensions")))];
        Require(node, counted.Distinct().Count() == counted.Length, "names an axis twice");
        return counted;
    }

    private static string First(Node node)
        => node.Outputs is [{ Length: > 0 } first, ..] ? first : throw new FormatException($"Its {node} gives nothing.");

    private void Allow(Node node, params ReadOnlySpan<string> attributes)
    {
        if (node.AttributeBeside(attributes) is { } other)
        {
            throw Unfit(node, $"has an attribute '{Node.Shortened(other)}', which is not known here");
        }
    }

    private void RequireImage(Node node) => Require(node, _signal.IsImage, $"works on {_signal}; channels, rows and columns of an image were expected");

    private void RequireSquare(Node node, string attribute, long size)
    {
        long[] sizes = node.Ints(attribute) ?? [size, size];
        Require(node, sizes.Length == 2 && sizes[0] == size && sizes[1] == size, $"has {attribute} of ({string.Join(", ", sizes.Take(8))}); ({size}, {size}) was expected");
    }

    private void Require(Node node, bool isMet, string otherwise)
    {
        if (!isMet)
        {
            throw Unfit(node, otherwise);
        }
    }

    // In training mode, Dropout drops units and BatchNormalization has the batch's statistics.
    private void RequireInference(Node node, bool isMet)
    {
        if (!isMet)
        {
            throw Unfit($"it was exported in training mode: {node} computes what it does in training", TrainingAdvice);
        }
    }

    private MnistException Unfit(Node node, string reason) => Unfit($"{node} {reason}");

    private MnistException Unfit(string reason, string advice = Advice)
        => new("NetworkNotSupported", Fault.InvalidData, $"'{_path}' is an ONNX model of which no network can be made here: {reason}. {advice}", _path);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
