using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Losses;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>An executable network: its stages with room for a batch, in one precision.</summary>
internal sealed unsafe class Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<IStage<T>> _stages = [];

    /// <summary>Builds the model of a network.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="isTraining">Whether gradients are computed.</param>
    /// <param name="online">
    /// The threads of online training: plain gradient descent on single images in a known order. Parameters are then up to date after
    /// <see cref="ApplyDelayedUpdates"/>. Null otherwise.
    /// </param>
    /// <param name="cancellation">Ends the building, between two stages.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Model(NetworkDefinition definition, int capacity, bool isTraining, Workers? online = null, CancellationToken cancellation = default)
    {
        LayerFactory<T> factory = new(capacity, isTraining, online);
        foreach (StagePlan stage in new ExecutionPlan(definition, capacity).Stages)
        {
            cancellation.ThrowIfCancellationRequested();
            _stages.Add(factory.Create(stage));
        }

        Parameters = [.. _stages.SelectMany(stage => stage.Parameters)];
        foreach ((Parameter<T> parameter, ParameterDefinition parameterDefinition) in Parameters.Zip(definition.Parameters))
        {
            if (isTraining && parameterDefinition.IsNormalizedAway)
            {
                parameter.Freeze();
            }
        }

        Work = _stages.Sum(stage => stage.Work);
    }

    /// <summary>All parameters, in the order in which a network stores them.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Multiplications for one image in the forward pass.</summary>
    public long Work { get; }

    /// <summary>Loads a network's parameters.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Load(IReadOnlyList<double[]> values, CancellationToken cancellation = default)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Load(values[i], cancellation);
        }
    }

    /// <summary>Copies the parameters of a model of the same definition.</summary>
    public void Load(Model<T> source)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Load(source.Parameters[i]);
        }
    }

    /// <summary>Applies the delayed updates of the parameters.</summary>
    public void ApplyDelayedUpdates()
    {
        foreach (IStage<T> stage in _stages)
        {
            stage.ApplyDelayedUpdates();
        }
    }

    /// <summary>The parameters as a network stores them.</summary>
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

    /// <summary>Computes the outputs of a batch and their loss, for <see cref="Backward"/> to follow.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="measure">Computes <see cref="OutputGradients"/> of some images, from its first argument up to its second, exclusive.</param>
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

    /// <summary>The buffer for the gradient of an image's ten outputs.</summary>
    public T* OutputGradients(int image) => _stages[^1].Output.Gradients(image);

    /// <summary>
    /// Computes the gradients of all parameters from those of the outputs. An optimizer updates parameters as their gradients are complete.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(Batch<T> batch)
    {
        for (int i = _stages.Count - 1; i >= 0; i--)
        {
            _stages[i].Backward(batch);
        }
    }
}
