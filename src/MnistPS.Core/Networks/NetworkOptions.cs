using MnistPS.Layers;

namespace MnistPS.Networks;

/// <summary>A caller's options for a network; null where not given.</summary>
internal sealed record NetworkOptions
{
    private const double TutorialDropoutRate = 0.5;
    private const double TutorialWeightRange = 0.1;
    private static readonly int[] _tutorialHiddenSize = [100];

    private static readonly string[] _convNet =
    [
        "conv 16x5", "pool 2", "batchnorm", "relu", "conv 32x5", "pool 2", "batchnorm", "relu", "dropout 0.3", "dense 128", "relu", "dense 10",
    ];

    /// <summary>A ready-made network.</summary>
    public NetworkPreset? Preset { get; init; }

    /// <summary>All layers, a string each.</summary>
    public string[]? Layers { get; init; }

    /// <summary>Units of each hidden layer.</summary>
    public int[]? HiddenSize { get; init; }

    /// <summary>The activation after each hidden layer.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The fraction of hidden units that training drops.</summary>
    public double? DropoutRate { get; init; }

    /// <summary>Whether each hidden layer has batch normalisation; false by default.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>The loss.</summary>
    public LossKind? Loss { get; init; }

    /// <summary>The fraction of a target that is spread over all classes.</summary>
    public double? LabelSmoothing { get; init; }

    /// <summary>How weights are drawn.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>The range of uniform weights.</summary>
    public double? WeightRange { get; init; }

    /// <summary>
    /// The network that the options define. With hidden sizes, a dropout rate and a weight range only, it follows the tutorial; an activation,
    /// normalisation, loss, smoothing or initializer makes it one of ordinary layers.
    /// </summary>
    /// <exception cref="MnistException">A value is out of range, or two options contradict each other (<c>ContradictingParameters</c>).</exception>
    public NetworkDefinition Define()
    {
        if (Faults().FirstOrDefault() is { } fault)
        {
            throw fault;
        }

        bool isOrdinary = Activation is not null || BatchNormalization || Loss is not null || LabelSmoothing is not null
            || Initializer is not null;
        if (Preset is NetworkPreset.Mlp or NetworkPreset.ConvNet)
        {
            Refuse(
                $"-Preset {Preset} is a network as it stands",
                ("-Layer", Layers is not null), ("-HiddenSize", HiddenSize is not null), ("-Activation", Activation is not null),
                ("-DropoutRate", DropoutRate is not null), ("-BatchNormalization", BatchNormalization), ("-Loss", Loss is not null),
                ("-Initializer", Initializer is not null), ("-WeightRange", WeightRange is not null));
            return Preset == NetworkPreset.Mlp
                ? Ordinary(NetworkDefinition.Stack([512, 512], MnistPS.Activation.Relu, 0.2, batchNormalization: false), TrainingDefaults.Mlp)
                : Ordinary(LayerParser.Parse(_convNet), TrainingDefaults.ConvNet);
        }

        if (Layers is not null)
        {
            Refuse(
                "-Layer lists all layers itself",
                ("-Preset", Preset is not null), ("-HiddenSize", HiddenSize is not null), ("-Activation", Activation is not null),
                ("-DropoutRate", DropoutRate is not null), ("-BatchNormalization", BatchNormalization));
            return Ordinary(LayerParser.Parse(Layers), TrainingDefaults.Custom);
        }

        if (isOrdinary)
        {
            RefuseIf(
                Preset is not null,
                "-Preset Tutorial is the tutorial's network; -Activation, -BatchNormalization, -Loss, -LabelSmoothing and -Initializer make another one");
            IReadOnlyList<LayerDefinition> layers = NetworkDefinition.Stack(
                HiddenSize ?? _tutorialHiddenSize, Activation ?? MnistPS.Activation.Relu, DropoutRate ?? 0, BatchNormalization);
            return Ordinary(layers, TrainingDefaults.Custom);
        }

        return NetworkDefinition.Tutorial(
            HiddenSize ?? _tutorialHiddenSize, DropoutRate ?? TutorialDropoutRate, WeightRange ?? TutorialWeightRange);
    }

    private NetworkDefinition Ordinary(IReadOnlyList<LayerDefinition> layers, TrainingDefaults defaults)
    {
        RefuseIf(
            WeightRange is not null && Initializer is not (null or MnistPS.Initializer.Uniform),
            $"-WeightRange is the range of uniform weights, and -Initializer {Initializer} has a range of its own");
        return new NetworkDefinition(layers, Loss ?? LossKind.CrossEntropy, defaults)
        {
            Initializer = Initializer ?? (WeightRange is null ? MnistPS.Initializer.He : MnistPS.Initializer.Uniform),
            WeightRange = WeightRange ?? TutorialWeightRange,
            LabelSmoothing = LabelSmoothing ?? 0,
        };
    }

    /// <summary>All values that are out of range.</summary>
    public IEnumerable<MnistException> Faults()
    {
        if (HiddenSize is { Length: 0 })
        {
            yield return Invalid("HiddenSizeOutOfRange", "-HiddenSize has no number; give one or more, such as 100 or 512,512.", HiddenSize);
        }

        foreach (int size in HiddenSize ?? [])
        {
            if (size is < 1 or > LayerParser.Largest)
            {
                yield return Invalid("HiddenSizeOutOfRange",
                    $"-HiddenSize has {size}; a number of units from 1 to {LayerParser.Largest} was expected, such as 100.", size);
            }
        }

        foreach ((string name, double? rate) in ((string, double?)[])[("DropoutRate", DropoutRate), ("LabelSmoothing", LabelSmoothing)])
        {
            if (rate is double number && !(number is >= 0 and < 1))
            {
                yield return Invalid($"{name}OutOfRange",
                    FormattableString.Invariant($"-{name} is {number}; a number from 0 up to, but not, 1 was expected."), number);
            }
        }

        if (WeightRange is double range && !(double.IsFinite(range) && range > 0))
        {
            yield return Invalid("WeightRangeOutOfRange",
                FormattableString.Invariant($"-WeightRange is {range}; a number above 0 was expected, such as 0.1."), range);
        }
    }

    /// <summary>Refuses options that another one already determines.</summary>
    private static void Refuse(string reason, params ReadOnlySpan<(string Name, bool IsGiven)> options)
    {
        List<string> given = [];
        foreach ((string name, bool isGiven) in options)
        {
            if (isGiven)
            {
                given.Add(name);
            }
        }

        RefuseIf(given.Count > 0, $"{reason}, and {string.Join(", ", given)} would change it");
    }

    private static void RefuseIf(bool isSo, string reason)
    {
        if (isSo)
        {
            throw Invalid("ContradictingParameters", $"{reason}. Leave one of them out.", null);
        }
    }

    private static MnistException Invalid(string id, string message, object? target) => new(id, Fault.InvalidArgument, message, target);
}
