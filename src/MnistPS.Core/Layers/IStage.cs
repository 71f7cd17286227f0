using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>A part of the network that processes a whole batch.</summary>
internal interface IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The output.</summary>
    Activations<T> Output { get; }

    /// <summary>The parameters of its layers, in the order in which they are drawn.</summary>
    IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Multiplications for one image in the forward pass.</summary>
    long Work { get; }

    /// <summary>Computes the output of the batch.</summary>
    void Forward(Batch<T> batch);

    /// <summary>
    /// Computes the output of the batch and its loss, as a network's last stage does in training. It may run the backward pass of some images before the
    /// forward pass of others; <see cref="Backward"/> then does the rest.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="work">Cost of an image's loss, in multiplications.</param>
    /// <param name="measure">Computes the output gradients of some images, from its first argument up to its second, exclusive.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Forward(Batch<T> batch, long work, Action<int, int> measure)
    {
        Forward(batch);
        batch.Workers.For(batch.Count, work * batch.Count, measure);
    }

    /// <summary>Computes the gradients of the input and of the parameters from that of the output. The parameters may then be updated.</summary>
    void Backward(Batch<T> batch);

    /// <summary>Applies the delayed updates of the parameters.</summary>
    void ApplyDelayedUpdates()
    {
    }
}
