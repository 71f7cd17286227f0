using System.Numerics;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>Builds the stages of an <see cref="ExecutionPlan"/>, first to last: each layer reads the output of the one before it.</summary>
/// <param name="capacity">The most images in a batch.</param>
/// <param name="isTraining">Whether gradients are computed.</param>
/// <param name="online">The threads of online training, or null.</param>
internal sealed class LayerFactory<T>(int capacity, bool isTraining, Workers? online)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The last layer's output; null before the first.
    private Activations<T>? _last;

    /// <summary>The next stage.</summary>
    public IStage<T> Create(StagePlan plan)
    {
        if (plan.Kind == StageKind.Batch)
        {
            BatchNormalization<T> normalization = new(_last!, capacity);
            _last = normalization.Output;
            return normalization;
        }

        List<Layer<T>> layers = [];
        foreach (PlannedLayer planned in plan.Layers)
        {
            Layer<T> layer = Create(planned, plan.Kind);
            _last = layer.Output;
            layers.Add(layer);
        }

        return plan.Kind == StageKind.Dense ? new DenseStage<T>((DenseLayer<T>)layers[0], layers.Skip(1)) : new ImageStage<T>(layers);
    }

    private Layer<T> Create(PlannedLayer planned, StageKind kind) => planned.Definition switch
    {
        PixelInputDefinition pixels => new PixelInput<T>(capacity, isTraining, pixels.IsCompact),
        InputDenseDefinition { Dense: var dense } => online is null
            ? new BatchInputDense<T>(dense.Units, dense.HasBias, capacity, isTraining, sharesImages: kind == StageKind.Images)
            : new OnlineInputDense<T>(dense.Units, dense.HasBias, online),
        DenseDefinition dense => online is null
            ? new Dense<T>(_last!, dense.Units, dense.HasBias, capacity)
            : new OnlineDense<T>(_last!, dense.Units, dense.HasBias),
        FlattenDefinition => new Flatten<T>(_last!, capacity),
        ZeroPaddingDefinition padding => new ZeroPadding<T>(_last!, padding.Kernel, capacity),
        ConvolutionDefinition convolution => new Convolution<T>(
            _last!, new Activations<T>(OutputOf(convolution), capacity, isTraining), isTraining && planned.PassesGradient),
        FusedConvolutionPoolDefinition fused => CreateFused(fused, isTraining && planned.PassesGradient),
        PoolDefinition pool => new MaxPool<T>(_last!, pool.Size, capacity),
        ActivationDefinition { DerivativeOfOutput: true } => new TutorialRelu<T>(_last!),
        ActivationDefinition { Function: Activation.Relu } => new Relu<T>(_last!),
        ActivationDefinition { Function: Activation.LeakyRelu, Slope: var slope } => new LeakyRelu<T>(_last!, slope),
        ActivationDefinition { Function: Activation.Tanh } => new Tanh<T>(_last!, capacity),
        ActivationDefinition { Function: Activation.Sigmoid } => new Sigmoid<T>(_last!, capacity),
        DropoutDefinition { IsTutorial: true } dropout => new TutorialDropout<T>(_last!, dropout.Rate, capacity),
        DropoutDefinition dropout => new Dropout<T>(_last!, dropout.Rate, capacity),
        CopyDefinition => new Copy<T>(_last!, capacity),
        _ => throw new ArgumentException($"No layer can be built from '{planned.Definition}'.", nameof(planned)),
    };

    private FusedConvolutionPool<T> CreateFused(FusedConvolutionPoolDefinition fused, bool passesGradient)
    {
        Activations<T> filtered = Activations<T>.PerThread(OutputOf(fused.Convolution), isTraining);
        return new FusedConvolutionPool<T>(
            passesGradient ? new PooledConvolution<T>(_last!, filtered) : new Convolution<T>(_last!, filtered, passesGradient: false),
            new MaxPool<T>(filtered, fused.Pool.Size, capacity));
    }

    private Shape OutputOf(LayerDefinition layer) => layer.OutputOf(_last!.Shape)!.Value;
}
