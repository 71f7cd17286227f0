using MnistPS.Networks;

namespace MnistPS;

/// <summary>A network that classifies digits: its layers, and what it has learned so far.</summary>
public sealed class MnistNetwork
{
    private volatile NetworkState _state;
    private int _isTraining;
    private NetworkParameters? _parameters;

    internal MnistNetwork(NetworkDefinition definition, ulong seed, CancellationToken cancellation = default)
        : this(definition, seed, NetworkState.Draw(definition, seed, cancellation))
    {
    }

    internal MnistNetwork(NetworkDefinition definition, ulong seed, NetworkState state)
    {
        Definition = definition;
        Seed = seed;
        _state = state;

        // Not a collection expression: its type has no indexer that PowerShell finds.
        Layers = Array.AsReadOnly(definition.Layers.Select((layer, i) => new NetworkLayer(
            layer.ToString(),
            definition.Shapes[i + 1].ToString(),
            layer.ParametersFor(definition.Shapes[i]).Where(parameter => parameter.IsTrained).Sum(parameter => parameter.Count))).ToArray());
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>Number of trained values: weights, biases, scales and shifts.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.Parameters);

    /// <summary>
    /// The parameters, by their names in a safetensors file: <c>$network.Parameters['0.weight'].Values</c>. Assigned values replace
    /// those of the network: <c>$network.Parameters['0.weight'] = $other.Parameters['0.weight']</c>.
    /// </summary>
    public NetworkParameters Parameters => LazyInitializer.EnsureInitialized(ref _parameters, () => new NetworkParameters(this));

    /// <summary>The loss that training minimizes.</summary>
    public LossKind Loss => Definition.Loss;

    /// <summary>
    /// The seed of its weights, dropout, shuffling and augmentation. The same seed and the same training give the same network, on the same kind of
    /// processor to the last bit.
    /// </summary>
    public ulong Seed { get; }

    /// <summary>Epochs trained so far.</summary>
    public int EpochsTrained => State.History.Count;

    /// <summary>The metrics of all epochs so far, in order.</summary>
    public IReadOnlyList<EpochMetrics> History => State.History;

    /// <summary>The names of the ten labels: those of its last training, or the digits.</summary>
    public IReadOnlyList<string> ClassNames => State.ClassNames;

    /// <summary>The precision of its last training.</summary>
    public Precision Precision => State.Precision;

    /// <summary>
    /// The divisor of its outputs before they become probabilities, fitted by <c>-Calibrate</c> (Guo et al., arXiv:1706.04599); null if it is
    /// not calibrated, which has the effect of 1.
    /// </summary>
    public double? Temperature => State.Calibration?.Temperature;

    /// <summary>Its definition.</summary>
    internal NetworkDefinition Definition { get; }

    /// <summary>Its parameters and history, as of the last whole epoch.</summary>
    internal NetworkState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>A copy of the network as of its last whole epoch. It gives the same predictions and continues in the same way.</summary>
    public MnistNetwork Copy() => new(Definition, Seed, State);

    /// <summary>Marks the start of a training.</summary>
    /// <exception cref="MnistException">Another one is under way (<c>NetworkInTraining</c>).</exception>
    internal void BeginTraining()
    {
        if (Interlocked.Exchange(ref _isTraining, 1) != 0)
        {
            throw new MnistException("NetworkInTraining", Fault.InvalidArgument,
                "This network is being trained already, in another pipeline or runspace. Wait for it, or make another network with New-MnistNetwork.", this);
        }
    }

    /// <summary>Marks the end of a training.</summary>
    internal void EndTraining() => Volatile.Write(ref _isTraining, 0);

    /// <summary>The layers in a line, such as <c>dense 100, relu, dropout 0.5, dense 10</c>.</summary>
    public override string ToString() => string.Join(", ", Layers.Select(layer => layer.Layer));
}
