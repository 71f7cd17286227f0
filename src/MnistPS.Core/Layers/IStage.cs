using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>A part of the network that takes a whole batch and hands a whole batch on.</summary>
internal interface IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What it gives.</summary>
    Activations<T> Output { get; }

    /// <summary>What its layers learn or keep, in the order in which it is drawn.</summary>
    IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Multiplications for one image on the way forward.</summary>
    long Work { get; }

    /// <summary>Computes the output of the batch.</summary>
    void Forward(Batch<T> batch);

    /// <summary>
    /// Computes the output of the batch and has it measured, as a network's last stage does when it learns. It may go back with some images
    /// at once, before it comes to others; <see cref="Backward"/> then does the rest.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="work">What an image's measure costs, in multiplications.</param>
    /// <param name="measure">Gives some images their gradient, from its first argument up to (not with) its second.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Forward(Batch<T> batch, long work, Action<int, int> measure)
    {
        Forward(batch);
        batch.Workers.For(batch.Count, work * batch.Count, measure);
    }

    /// <summary>From the gradient of the output computes that of the input and that of the parameters, which may move then.</summary>
    void Backward(Batch<T> batch);

    /// <summary>Brings the parameters up to date, where a layer puts that off.</summary>
    void ApplyDelayedUpdates()
    {
    }
}
