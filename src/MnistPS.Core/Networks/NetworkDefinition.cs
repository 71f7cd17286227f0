using MnistPS.Losses;
using MnistPS.Tensors;

namespace MnistPS.Networks;

/// <summary>A network without values: its layers, initializer, loss and training defaults.</summary>
internal sealed class NetworkDefinition
{
    // Far beyond these a network does not fit into an ordinary machine's memory in training.
    private const long MostParameters = 100_000_000;
    private const int MostValues = 1_000_000;
    private const int MostLayers = 1000;

    // Of all layers together: a batch in inference then takes 4 GB in single precision.
    private const long MostValuesInAll = 4_000_000;

    /// <summary>A network of layers that fit together and end in ten units.</summary>
    /// <exception cref="MnistException">They do not (<c>LayersDoNotFit</c>), or they are too many or too large (<c>NetworkTooLarge</c>).</exception>
    public NetworkDefinition(IReadOnlyList<LayerDefinition> layers, LossKind loss, TrainingDefaults defaults)
    {
        if (layers.Count > MostLayers)
        {
            throw new MnistException("NetworkTooLarge", Fault.InvalidArgument,
                $"The network is too large: it has {layers.Count} layers; at most {MostLayers} were expected. Leave some out.");
        }

        Layers = layers;
        Loss = loss;
        Defaults = defaults;
        Shape[] shapes = new Shape[layers.Count + 1];
        shapes[0] = Shape.Image;
        long parameters = 0;
        long all = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            shapes[i + 1] = layers[i].OutputOf(shapes[i])
                ?? throw Unfit($"layer {i + 1}, '{layers[i]}', does not fit onto {shapes[i]}", i);
            parameters += layers[i].ParametersFor(shapes[i]).Sum(parameter => parameter.Shape.Aggregate(1L, (count, dimension) => count * dimension));
            long values = layers[i].ValuesFor(shapes[i]);
            all += values;
            if (all > MostValuesInAll)
            {
                throw new MnistException("NetworkTooLarge", Fault.InvalidArgument, FormattableString.Invariant(
                    $"The network is too large: up to layer {i + 1}, '{layers[i]}', its layers have {all} numbers an image; at most {MostValuesInAll} were expected. Make layers smaller."));
            }

            if (parameters > MostParameters || values > MostValues)
            {
                throw new MnistException("NetworkTooLarge", Fault.InvalidArgument, FormattableString.Invariant(
                    $"The network is too large: up to layer {i + 1}, '{layers[i]}', it has {parameters} parameters, and that layer has {values} numbers an image; at most {MostParameters} and {MostValues} were expected. Make layers smaller."));
            }
        }

        if (shapes[^1] != Shape.Units(Loss<double>.Classes))
        {
            throw Unfit($"the last layer gives {shapes[^1]}, and the ten digits want (10): end with 'dense 10'", layers.Count);
        }

        Shapes = shapes;
        Parameters =
        [
            .. layers.SelectMany((layer, i) => layer.ParametersFor(shapes[i]).Select(parameter =>
                parameter with { IsNormalizedAway = parameter.Role is ParameterRole.Bias or ParameterRole.Shift && NormalizesAway(i + 1) })),
        ];
        MovedParameters = [.. Parameters.Where(parameter => parameter.IsTrained && !parameter.IsNormalizedAway)];

        MnistException Unfit(string reason, int upTo)
        {
            string path = string.Join(" → ", Enumerable.Range(0, upTo).Select(i => $"{layers[i]} {shapes[i + 1]}").Prepend($"image {Shape.Image}"));
            return new MnistException("LayersDoNotFit", Fault.InvalidArgument, $"The layers do not fit: {reason}. The shapes are: {path}.");
        }
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<LayerDefinition> Layers { get; }

    /// <summary>The image's shape, and then the output shape of each layer.</summary>
    public IReadOnlyList<Shape> Shapes { get; }

    /// <summary>Whether a batch normalisation has one value per channel and image, so that a single image has no variance.</summary>
    public bool NormalizesUnits => Layers.Index().Any(layer => layer.Item is BatchNormalizationDefinition && Shapes[layer.Index].IsFlat);

    /// <summary>Whether its layers are those of the tutorial.</summary>
    public bool IsTutorial => Layers[^1] is DenseDefinition { HasBias: false };

    /// <summary>The loss.</summary>
    public LossKind Loss { get; }

    /// <summary>The label smoothing: the fraction of a target that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How weights are drawn.</summary>
    public Initializer Initializer { get; init; } = Initializer.He;

    /// <summary>The range of uniform weights.</summary>
    public double WeightRange { get; init; } = 0.1;

    /// <summary>The training options that apply by default.</summary>
    public TrainingDefaults Defaults { get; }

    /// <summary>All parameters, layer by layer, in the order in which they are drawn and stored.</summary>
    public IReadOnlyList<ParameterDefinition> Parameters { get; }

    /// <summary>The parameters that an optimizer updates.</summary>
    public IReadOnlyList<ParameterDefinition> MovedParameters { get; }

    /// <summary>The tutorial's network: no biases, its dropout after each hidden layer, its two quirks.</summary>
    public static NetworkDefinition Tutorial(IEnumerable<int> hiddenSizes, double dropoutRate, double weightRange)
    {
        IReadOnlyList<LayerDefinition> layers = Stack(hiddenSizes, Activation.Relu, dropoutRate, batchNormalization: false);
        return new NetworkDefinition([.. layers.Select(layer => layer.InTutorial)], LossKind.SquaredError, TrainingDefaults.Tutorial)
        {
            Initializer = Initializer.Uniform,
            WeightRange = weightRange,
        };
    }

    /// <summary>Hidden layers, each with what follows it, and the output layer.</summary>
    public static IReadOnlyList<LayerDefinition> Stack(
        IEnumerable<int> hiddenSizes, Activation activation, double dropoutRate, bool batchNormalization)
    {
        List<LayerDefinition> layers = [];
        foreach (int size in hiddenSizes)
        {
            layers.Add(new DenseDefinition(size, HasBias: true));
            if (batchNormalization)
            {
                layers.Add(new BatchNormalizationDefinition());
            }

            layers.Add(new ActivationDefinition(activation));
            if (dropoutRate > 0)
            {
                layers.Add(new DropoutDefinition(dropoutRate));
            }
        }

        layers.Add(new DenseDefinition(Loss<double>.Classes, HasBias: true));
        return layers;
    }

    /// <summary>Whether batch normalisation removes a constant added to each channel or unit before a layer.</summary>
    private bool NormalizesAway(int layer)
        => Layers.Skip(layer).SkipWhile(next => next.KeepsShifts).FirstOrDefault() is BatchNormalizationDefinition;
}
