using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// How the layers of a network are executed: in which order, which of them are fused, what is inserted between them, and which stages they form.
/// A plan has no precision and no memory. A <see cref="Model{T}"/> is built from it.
/// </summary>
internal sealed class ExecutionPlan
{
    private readonly List<StagePlan> _stages = [];
    private readonly int _capacity;

    // The current stage.
    private readonly List<PlannedLayer> _layers = [];
    private StageKind _kind = StageKind.Images;

    private Shape _shape = Shape.Image;
    private bool _isLearning;

    // Whether a backward pass reads the activations so far, so that the next layer may not overwrite them.
    private bool _isRead;

    /// <summary>The plan of a network.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="capacity">The most images in a batch.</param>
    public ExecutionPlan(NetworkDefinition definition, int capacity)
    {
        _capacity = capacity;
        LayerDefinition[] layers = PoolsFirst(definition.Layers);
        if (layers[0] is not DenseDefinition)
        {
            Add(new PixelInputDefinition(IsCompact: layers[0] is ConvolutionDefinition));
        }

        for (int i = 0; i < layers.Length; i++)
        {
            switch (layers[i])
            {
                case DenseDefinition dense:
                    AddDense(dense, isFirst: i == 0);
                    break;
                case ConvolutionDefinition convolution when layers.ElementAtOrDefault(i + 1) is PoolDefinition { Size: > 1 } pool:
                    AddConvolution(convolution, pool);
                    i++;
                    break;
                case ConvolutionDefinition convolution:
                    AddConvolution(convolution, null);
                    break;
                case BatchNormalizationDefinition:
                    CloseStage();
                    _kind = StageKind.Batch;
                    Add(layers[i]);
                    CloseStage();
                    break;
                default:
                    if (_isRead && Overwrites(layers[i]))
                    {
                        Add(new CopyDefinition());
                    }

                    Add(layers[i]);
                    break;
            }
        }

        CloseStage();
    }

    /// <summary>The stages, first to last.</summary>
    public IReadOnlyList<StagePlan> Stages => _stages;

    /// <summary>One line per stage.</summary>
    public override string ToString() => string.Join('\n', _stages);

    /// <summary>
    /// Moves each ReLU after the pool that follows it: both commute, and so do the gradients. There it has a quarter of the values, or fewer. Other
    /// layers stay where they are.
    /// </summary>
    private static LayerDefinition[] PoolsFirst(IReadOnlyList<LayerDefinition> layers)
    {
        LayerDefinition[] order = [.. layers];
        for (int i = 0; i + 1 < order.Length; i++)
        {
            if (order[i] is ActivationDefinition { Function: Activation.Relu, DerivativeOfOutput: false } && order[i + 1] is PoolDefinition)
            {
                (order[i], order[i + 1]) = (order[i + 1], order[i]);
            }
        }

        return order;
    }

    private static bool IsElementwise(LayerDefinition layer) => layer is ActivationDefinition or DropoutDefinition or CopyDefinition;

    // Where a ReLU overwrites a value, no gradient passes, so the layer before it may read what the ReLU left.
    private static bool Overwrites(LayerDefinition layer) => layer is ActivationDefinition { Function: Activation.LeakyRelu } or DropoutDefinition;

    private static bool WorksInPlace(LayerDefinition layer) => layer is ActivationDefinition { Function: Activation.Relu } || Overwrites(layer);

    private static bool ReadsOutput(LayerDefinition layer) => layer is ActivationDefinition { Function: Activation.Tanh or Activation.Sigmoid };

    private void AddDense(DenseDefinition dense, bool isFirst)
    {
        if (!isFirst && !_shape.IsFlat)
        {
            Add(new FlattenDefinition());
        }

        // A narrow layer has fewer weights than a batch has values for them, so threads share images. After a wide one, they already share units.
        bool isNarrow = _capacity > 1 && dense.Units <= _capacity;
        if (!isNarrow || _kind == StageKind.Dense)
        {
            CloseStage();
            _kind = StageKind.Dense;
        }

        Add(isFirst ? new InputDenseDefinition(dense) : dense);
    }

    private void AddConvolution(ConvolutionDefinition convolution, PoolDefinition? pool)
    {
        if (convolution is { IsSame: true, Kernel: > 1 })
        {
            Add(new ZeroPaddingDefinition(convolution.Kernel));
        }

        ConvolutionDefinition valid = convolution with { IsSame = false };
        Add(pool is null ? valid : new FusedConvolutionPoolDefinition(valid, pool));
    }

    private void Add(LayerDefinition layer)
    {
        if (_kind == StageKind.Dense && _layers.Count > 0 && !IsElementwise(layer))
        {
            CloseStage();
        }

        _layers.Add(new PlannedLayer(layer, PassesGradient: _isLearning));
        _isLearning |= layer.ParametersFor(_shape).Count > 0;
        _shape = layer.OutputOf(_shape) ?? throw new ArgumentException($"'{layer}' does not fit onto {_shape}.", nameof(layer));
        _isRead = ReadsOutput(layer) || (_isRead && WorksInPlace(layer));
    }

    private void CloseStage()
    {
        if (_layers.Count > 0)
        {
            _stages.Add(new StagePlan(_kind, [.. _layers]));
        }

        _layers.Clear();
        _kind = StageKind.Images;
    }
}

/// <summary>How threads share the work of a stage.</summary>
internal enum StageKind
{
    /// <summary>Threads share the images; each takes its own through all layers (<see cref="ImageStage{T}"/>).</summary>
    Images,

    /// <summary>Threads share the units of a dense layer (<see cref="DenseStage{T}"/>).</summary>
    Dense,

    /// <summary>One layer that processes the batch as a whole.</summary>
    Batch,
}

/// <summary>Layers that are executed together.</summary>
/// <param name="Kind">How threads share the work.</param>
/// <param name="Layers">The layers, first to last.</param>
internal sealed record StagePlan(StageKind Kind, IReadOnlyList<PlannedLayer> Layers)
{
    /// <summary>Such as <c>Dense: dense 100 of pixels, relu</c>.</summary>
    public override string ToString() => $"{Kind}: {string.Join(", ", Layers.Select(layer => layer.Definition))}";
}

/// <summary>A layer of a stage.</summary>
/// <param name="Definition">The layer: one of the network's, or one that the plan inserts or fuses.</param>
/// <param name="PassesGradient">Whether a layer before it is trained.</param>
internal readonly record struct PlannedLayer(LayerDefinition Definition, bool PassesGradient);
