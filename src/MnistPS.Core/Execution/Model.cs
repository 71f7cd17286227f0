using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Losses;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>A network that computes: the layers of a definition with room for a batch, in one precision.</summary>
internal sealed unsafe class Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<IStage<T>> _stages = [];

    /// <summary>The layers of a definition.</summary>
    /// <param name="definition">What to build.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="isTraining">Whether there must be room for gradients.</param>
    /// <param name="runs">
    /// Threads for runs of images, if it learns by plain gradient descent from single images that are known ahead, else null. Parameters are then
    /// up to date after <see cref="ApplyDelayedUpdates"/>.
    /// </param>
    /// <param name="cancellation">Ends the building, between two layers.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Model(NetworkDefinition definition, int capacity, bool isTraining, Workers? runs = null, CancellationToken cancellation = default)
    {
        // The stage under way: layers behind a dense one, or without.
        DenseLayer<T>? dense = null;
        List<Layer<T>> layers = [];
        Activations<T>? signal = null;
        bool isLearning = false;
        LayerDefinition[] order = [.. definition.Layers];
        for (int i = 0; i + 1 < order.Length; i++)
        {
            // The largest of rectified numbers is the largest number rectified, and so are the gradients: four times less to rectify. Other layers
            // stay where they are.
            if (order[i] is ActivationDefinition { Function: Activation.Relu, DerivativeOfOutput: false } && order[i + 1] is PoolDefinition)
            {
                (order[i], order[i + 1]) = (order[i + 1], order[i]);
            }
        }

        for (int i = 0; i < order.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            LayerDefinition layer = order[i];
            bool learns = layer.ParametersFor(definition.Shapes[i]).Count > 0;
            if (i == 0 && layer is not DenseDefinition)
            {
                Add(new PixelInput<T>(capacity, isTraining, compact: layer is ConvolutionDefinition));
            }

            switch (layer)
            {
                case DenseDefinition { Units: int units, HasBias: bool hasBias }:
                    if (signal is { Shape.IsFlat: false })
                    {
                        Add(new Flatten<T>(signal, capacity));
                    }

                    DenseLayer<T> denseLayer = (signal, runs) switch
                    {
                        (null, not null) => new OnlineInputDense<T>(units, hasBias, runs),
                        (null, null) => new BatchInputDense<T>(units, hasBias, capacity, isTraining),
                        (_, not null) => new OnlineDense<T>(signal, units, hasBias),
                        (_, null) => new Dense<T>(signal, units, hasBias, capacity),
                    };

                    // Behind a wide layer each thread has some units of all images already.
                    if (denseLayer.IsNarrow && dense is null)
                    {
                        Add(denseLayer);
                        break;
                    }

                    CloseStage();
                    dense = denseLayer;
                    signal = dense.Output;
                    break;
                case ConvolutionDefinition convolution:
                    if (convolution.IsSame && convolution.Kernel > 1)
                    {
                        Add(new ZeroPadding<T>(signal!, convolution.Kernel, capacity));
                    }

                    bool passesGradient = isTraining && isLearning;
                    Shape filtered = definition.Shapes[i + 1];
                    if (order.ElementAtOrDefault(i + 1) is PoolDefinition { Size: > 1, Size: int size })
                    {
                        i++;
                        Activations<T> passing = Activations<T>.Passing(filtered, isTraining);
                        Add(new FusedConvolutionPool<T>(
                            passesGradient ? new PooledConvolution<T>(signal!, passing) : new Convolution<T>(signal!, passing, passesGradient: false),
                            new MaxPool<T>(passing, size, capacity)));
                        break;
                    }

                    Add(new Convolution<T>(signal!, new Activations<T>(filtered, capacity, isTraining), passesGradient));
                    break;
                case PoolDefinition pool:
                    Add(new MaxPool<T>(signal!, pool.Size, capacity));
                    break;
                case ActivationDefinition { Function: Activation.Relu } relu:
                    // Where it overwrites what the layer before gave, no gradient passes.
                    Add(new Rectifier<T>(signal!, 0, relu.DerivativeOfOutput));
                    break;
                case ActivationDefinition { Function: Activation.LeakyRelu }:
                    Add(new Rectifier<T>(Overwritable(), 0.01, derivativeOfOutput: false));
                    break;
                case ActivationDefinition squash:
                    Add(new Squash<T>(signal!, squash.Function == Activation.Tanh, capacity));
                    break;
                case DropoutDefinition { IsTutorial: true } dropout:
                    Add(new TutorialDropout<T>(Overwritable(), dropout.Rate, capacity));
                    break;
                case DropoutDefinition dropout:
                    Add(new Dropout<T>(Overwritable(), dropout.Rate, capacity));
                    break;
                case BatchNormalizationDefinition:
                    CloseStage();
                    BatchNormalization<T> normalization = new(signal!, capacity);
                    _stages.Add(normalization);
                    signal = normalization.Output;
                    break;
                default:
                    throw new ArgumentException($"No layer can be built from '{layer}'.", nameof(definition));
            }

            isLearning |= learns;
        }

        CloseStage();
        Parameters = [.. _stages.SelectMany(stage => stage.Parameters)];
        foreach ((Parameter<T> parameter, ParameterDefinition parameterDefinition) in Parameters.Zip(definition.Parameters))
        {
            if (isTraining && parameterDefinition.IsTakenAway)
            {
                parameter.Fix();
            }
        }

        Work = _stages.Sum(stage => stage.Work);

        void Add(Layer<T> layer)
        {
            if (dense is not null && !layer.IsElementwise)
            {
                CloseStage();
            }

            layers.Add(layer);
            signal = layer.Output;
        }

        // What comes next, for a layer that works in place.
        Activations<T> Overwritable()
        {
            if (layers.Any(layer => layer.Output == signal && layer.ReadsOutput))
            {
                Add(new Copy<T>(signal!, capacity));
            }

            return signal!;
        }

        void CloseStage()
        {
            if (dense is not null)
            {
                _stages.Add(new DenseStage<T>(dense, layers));
            }
            else if (layers.Count > 0)
            {
                _stages.Add(new ImageStage<T>(layers));
            }

            dense = null;
            layers.Clear();
        }
    }

    /// <summary>All parameters, in the order in which a network keeps them.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Multiplications for one image on the way forward.</summary>
    public long Work { get; }

    /// <summary>Takes a network's numbers over.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Load(IReadOnlyList<double[]> values, CancellationToken cancellation = default)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Load(values[i], cancellation);
        }
    }

    /// <summary>Takes the numbers of a model of the same definition over.</summary>
    public void Load(Model<T> source)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Load(source.Parameters[i]);
        }
    }

    /// <summary>Brings the parameters up to date, where a layer puts that off.</summary>
    public void ApplyDelayedUpdates()
    {
        foreach (IStage<T> stage in _stages)
        {
            stage.ApplyDelayedUpdates();
        }
    }

    /// <summary>The numbers as a network keeps them.</summary>
    public double[][] Store()
    {
        return [.. Parameters.Select(parameter =>
        {
            double[] values = GC.AllocateUninitializedArray<double>(parameter.Count);
            parameter.Store(values);
            return values;
        })];
    }

    /// <summary>Computes the outputs of a batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Batch<T> batch)
    {
        foreach (IStage<T> stage in _stages)
        {
            stage.Forward(batch);
        }
    }

    /// <summary>Computes the outputs of a batch, and has them measured for <see cref="Backward"/> to follow.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="measure">Computes <see cref="OutputGradients"/> of some images, from its first argument up to (not with) its second.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Batch<T> batch, Action<int, int> measure)
    {
        for (int i = 0; i + 1 < _stages.Count; i++)
        {
            _stages[i].Forward(batch);
        }

        _stages[^1].Forward(batch, Loss<T>.Work, measure);
    }

    /// <summary>The ten outputs of an image of the batch.</summary>
    public T* Outputs(int image) => _stages[^1].Output.Values(image);

    /// <summary>Where the gradient of an image's ten outputs goes.</summary>
    public T* OutputGradients(int image) => _stages[^1].Output.Gradients(image);

    /// <summary>From the gradients of the outputs computes those of all parameters, which an optimizer moves as they become known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(Batch<T> batch)
    {
        for (int i = _stages.Count - 1; i >= 0; i--)
        {
            _stages[i].Backward(batch);
        }
    }
}
