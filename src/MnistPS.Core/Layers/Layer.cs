using System.Numerics;
using MnistPS.Execution;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// A layer that processes each image by itself, a slice of a batch at a time. An <see cref="ImageStage{T}"/> runs several such layers on a few images,
/// while their values are in the cache. After a wide dense layer they also process each unit by itself, and a <see cref="DenseStage{T}"/> runs them on a
/// few units of all images.
/// </summary>
internal abstract class Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected Layer(Activations<T> output)
    {
        Output = output;
    }

    /// <summary>The output.</summary>
    public Activations<T> Output { get; }

    /// <summary>The parameters, in the order in which they are drawn.</summary>
    public virtual IReadOnlyList<Parameter<T>> Parameters => [];

    /// <summary>Multiplications for one image in the forward pass, which decide whether threads share the work.</summary>
    public virtual long Work => Output.Shape.Size;

    /// <summary>Rows of the gradient, or other pieces, that <see cref="AccumulateGradient"/> can do independently of each other.</summary>
    public virtual int GradientRows => 0;

    /// <summary>Prepares a batch, before any image: draws from the generator, copies of weights.</summary>
    public virtual void Begin(Batch<T> batch)
    {
    }

    /// <summary>Computes a slice of the output.</summary>
    public abstract void Forward(Batch<T> batch, in BatchSlice slice);

    /// <summary>
    /// Computes the gradient of the input from that of a slice of the output, and adds the images' gradients of the parameters to the sums of their slot.
    /// </summary>
    public abstract void Backward(Batch<T> batch, in BatchSlice slice, int slot);

    /// <summary>
    /// Adds the batch's gradient to rows <paramref name="from"/> up to <paramref name="to"/> of the parameters' targets, and reports it complete: each
    /// value once a batch (<see cref="Parameter{T}.Move"/>). All gradients have been passed through the parameters by then.
    /// </summary>
    public virtual void AccumulateGradient(Batch<T> batch, int from, int to)
    {
    }
}
