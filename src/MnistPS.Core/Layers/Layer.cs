using System.Numerics;
using MnistPS.Execution;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// A step of the network that treats each image by itself and says what it does with a part of a batch. An <see cref="ImageStage{T}"/>
/// brings several such layers past a few images at a time, while their numbers are still in the cache. Behind a wide dense layer they also
/// treat each unit by itself, and a <see cref="DenseStage{T}"/> gives them a few units of all images.
/// </summary>
internal abstract class Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected Layer(Activations<T> output)
    {
        Output = output;
    }

    /// <summary>What it gives.</summary>
    public Activations<T> Output { get; }

    /// <summary>What it learns or keeps, in the order in which it is drawn.</summary>
    public virtual IReadOnlyList<Parameter<T>> Parameters => [];

    /// <summary>Multiplications for one image on the way forward, to tell whether sharing pays.</summary>
    public virtual long Work => Output.Shape.Size;

    /// <summary>Rows of the gradient, or other pieces, that <see cref="AccumulateGradient"/> can do independently of each other.</summary>
    public virtual int GradientRows => 0;

    /// <summary>What must be done once a batch, before any image: draws from the generator, copies of weights.</summary>
    public virtual void Begin(Batch<T> batch)
    {
    }

    /// <summary>Computes a part of the output.</summary>
    public abstract void Forward(Batch<T> batch, in BatchSlice slice);

    /// <summary>
    /// From the gradient of a part of the output computes that of the input, and adds what the images give for the parameters into
    /// the sums of the slot that they are in.
    /// </summary>
    public abstract void Backward(Batch<T> batch, in BatchSlice slice, int slot);

    /// <summary>
    /// Adds the batch's gradient to rows <paramref name="from"/> up to <paramref name="to"/> of the parameters' targets, and lets them move: each
    /// number once a batch (<see cref="Parameter{T}.Move"/>). All gradients have gone back through the parameters by then.
    /// </summary>
    public virtual void AccumulateGradient(Batch<T> batch, int from, int to)
    {
    }
}
