using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Execution;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer: y = x · W + b, with W drawn and stored as (inputs, outputs). A wide one begins a <see cref="DenseStage{T}"/>: threads share its units,
/// in pieces of <see cref="Units"/>, and always take the same pieces, so that weights, gradients and the optimizer's moments stay in their own caches. A
/// narrow one has fewer weights than a batch has values for them, so threads share the images.
/// </summary>
internal abstract unsafe class DenseLayer<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates a layer.</summary>
    /// <param name="outputs">Number of units.</param>
    /// <param name="units">Their partition.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether gradients are computed.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="hasBias">Whether it has a bias.</param>
    protected DenseLayer(int outputs, Panels<T> units, int capacity, bool withGradients, Parameter<T> weights, bool hasBias)
        : base(new Activations<T>(Shape.Units(outputs), capacity, withGradients))
    {
        Units = units;
        Weights = weights;
        Bias = hasBias ? Parameter<T>.Create([outputs], [1]) : null;
        Parameters = Bias is null ? [weights] : [weights, Bias];
    }

    /// <summary>The weights and, if there is one, the bias.</summary>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The partition of its units.</summary>
    public Panels<T> Units { get; }

    /// <summary>The partition of its inputs if gradients are passed to them, else null.</summary>
    public virtual Panels<T>? Inputs => null;

    /// <inheritdoc/>
    public override int GradientRows => Units.PieceCount;

    /// <summary>The weights.</summary>
    protected Parameter<T> Weights { get; }

    /// <summary>The bias; null if there is none.</summary>
    protected Parameter<T>? Bias { get; }

    /// <summary>The biases from a unit on; null if there are none.</summary>
    protected T* BiasValues(int unit) => Bias is null ? null : Bias.Values + unit;

    /// <summary>Computes the panels that start in a slice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int panel = 0; panel < Units.Count; panel++)
        {
            if (Units.Start(panel) >= slice.First && Units.Start(panel) < slice.End)
            {
                Forward(batch, slice.From, slice.To, panel);
            }
        }
    }

    /// <summary>Computes the gradient of some inputs of some images from that of all units.</summary>
    public virtual void PassGradient(Batch<T> batch, in BatchSlice slice)
    {
    }

    /// <summary>Computes the gradient of all inputs of some images from that of all units, if it is passed to them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        if (Inputs is { } inputs)
        {
            PassGradient(batch, new BatchSlice(slice.From, slice.To, 0, inputs.Length, inputs.Length));
        }
    }

    /// <summary>Applies the delayed updates of the weights.</summary>
    public virtual void ApplyDelayedUpdates()
    {
    }

    /// <summary>Computes a panel's units of some images.</summary>
    protected abstract void Forward(Batch<T> batch, int from, int to, int panel);

    /// <summary>Adds the batch's gradient to the biases of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void AccumulateBias(Batch<T> batch, int panel)
    {
        if (Bias is not { IsTrained: true })
        {
            return;
        }

        int start = Units.Start(panel);
        int width = Units.Width(panel);
        Bias.ClearGradients(start, width);
        batch.Kernels.AddRows(Output.Gradients(0) + start, Output.ImageStride, batch.Count, width, Bias.Target + start);
        Bias.Move(start, width);
    }

    /// <summary>Adds the batch's gradient to the biases of the panels that start within some pieces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void AccumulateBias(Batch<T> batch, int from, int to)
    {
        const int Pieces = Panels<T>.Pieces;
        for (int panel = (from + Pieces - 1) / Pieces; panel < (to + Pieces - 1) / Pieces; panel++)
        {
            AccumulateBias(batch, panel);
        }
    }
}
