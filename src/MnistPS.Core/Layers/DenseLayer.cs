using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Execution;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// y = x · W + b, W (inputs, outputs) as drawn and kept. A wide one begins a <see cref="DenseStage{T}"/>: it computes some units of all images at a
/// time, in pieces of <see cref="Units"/>, and threads that always take the same pieces find their weights, the gradients of those and the
/// optimizer's moments in their own caches. A narrow one has fewer weights than a batch has numbers for them, and goes with the images.
/// </summary>
internal abstract unsafe class DenseLayer<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A layer of some units.</summary>
    /// <param name="outputs">Units.</param>
    /// <param name="units">How they are shared out.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether gradients will come back.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="hasBias">Whether a number is added to each unit.</param>
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

    /// <summary>How its units are shared out.</summary>
    public Panels<T> Units { get; }

    /// <summary>How its inputs are shared out when gradients go on to them; null if they do not.</summary>
    public virtual Panels<T>? Inputs => null;

    /// <inheritdoc/>
    public override int GradientRows => Units.PieceCount;

    /// <summary>The weights.</summary>
    protected Parameter<T> Weights { get; }

    /// <summary>The bias; null if there is none.</summary>
    protected Parameter<T>? Bias { get; }

    /// <summary>What the bias adds to a unit and those after it; null for nothing.</summary>
    protected T* BiasValues(int unit) => Bias is null ? null : Bias.Values + unit;

    /// <summary>Computes the panels whose units are in a part.</summary>
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

    /// <summary>From the gradient of all units computes that of some inputs of some images.</summary>
    public virtual void PassGradient(Batch<T> batch, in BatchSlice slice)
    {
    }

    /// <summary>From the gradient of all units computes that of all inputs of some images, if it goes on to them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        if (Inputs is { } inputs)
        {
            PassGradient(batch, new BatchSlice(slice.From, slice.To, 0, inputs.Length, inputs.Length));
        }
    }

    /// <summary>Brings the weights up to date, where that was put off.</summary>
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

    /// <summary>Does so for the panels that start within some pieces.</summary>
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
