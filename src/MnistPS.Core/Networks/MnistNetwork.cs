using MnistPS.Networks;

namespace MnistPS;

/// <summary>A network that reads digits: its layers, and what it has learned so far.</summary>
public sealed class MnistNetwork
{
    private volatile NetworkState _state;
    private int _isTraining;

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

    /// <summary>Numbers of its weights, biases, scales and shifts.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.Parameters);

    /// <summary>What it is measured by.</summary>
    public LossKind Loss => Definition.Loss;

    /// <summary>
    /// The seed of its weights, dropout, shuffling and augmentation. The same seed and the same training give the same network, on the same kind of
    /// processor to the last bit.
    /// </summary>
    public ulong Seed { get; }

    /// <summary>Epochs that it was trained for.</summary>
    public int EpochsTrained => State.History.Count;

    /// <summary>The metrics of all epochs that it was trained for, in their order.</summary>
    public IReadOnlyList<EpochMetrics> History => State.History;

    /// <summary>The numbers that it computes with, as of its last training.</summary>
    public Precision Precision => State.Precision;

    /// <summary>
    /// What its outputs are divided by before they become probabilities, as <c>-Calibrate</c> has fitted it (Guo et al., arXiv:1706.04599); null if it is
    /// not calibrated, which is as much as 1.
    /// </summary>
    public double? Temperature => State.Calibration?.Temperature;

    /// <summary>Readers that wait for the next call, the longest idle first; <see cref="Networks.IdleReaders"/> alone uses the list, under its lock.</summary>
    internal List<Reader> IdleReaders { get; } = [];

    /// <summary>What it is made of.</summary>
    internal NetworkDefinition Definition { get; }

    /// <summary>What it has learned, as of the last whole epoch.</summary>
    internal NetworkState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>Says that a training begins.</summary>
    /// <exception cref="MnistException">Another one is under way (<c>NetworkInTraining</c>).</exception>
    internal void BeginTraining()
    {
        if (Interlocked.Exchange(ref _isTraining, 1) != 0)
        {
            throw new MnistException("NetworkInTraining", Fault.InvalidArgument,
                "This network is being trained already, in another pipeline or runspace. Wait for it, or make another network with New-MnistNetwork.", this);
        }
    }

    /// <summary>Says that a training has ended.</summary>
    internal void EndTraining() => Volatile.Write(ref _isTraining, 0);

    /// <summary>The layers in a line, such as <c>dense 100, relu, dropout 0.5, dense 10</c>.</summary>
    public override string ToString() => string.Join(", ", Layers.Select(layer => layer.Layer));
}
