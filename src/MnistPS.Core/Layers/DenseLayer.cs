using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// y = x · W + b, W (inputs, outputs) as drawn and kept. It computes some units of all images at a time, in pieces of <see cref="Units"/>: threads
/// that always take the same pieces find their weights, the gradients of those and the optimizer's moments in their own caches.
/// </summary>
internal abstract unsafe class DenseLayer<T>
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
    {
        Output = new Signal<T>(Shape.Units(outputs), capacity, withGradients);
        Units = units;
        Weights = weights;
        Bias = hasBias ? Parameter<T>.Create([outputs], [1]) : null;
        Parameters = Bias is null ? [weights] : [weights, Bias];
    }

    /// <summary>What it gives.</summary>
    public Signal<T> Output { get; }

    /// <summary>The weights and, if there is one, the bias.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>How its units are shared out.</summary>
    public Panels<T> Units { get; }

    /// <summary>How its inputs are shared out when gradients go on to them; null if they do not.</summary>
    public virtual Panels<T>? Inputs => null;

    /// <summary>Multiplications for one image on the way forward.</summary>
    public abstract long Work { get; }

    /// <summary>The weights.</summary>
    protected Parameter<T> Weights { get; }

    /// <summary>The bias; null if there is none.</summary>
    protected Parameter<T>? Bias { get; }

    /// <summary>What the bias adds; null for nothing.</summary>
    protected T* BiasValues => Bias is null ? null : Bias.Values;

    /// <summary>What must be done once a batch.</summary>
    public virtual void Begin(Batch<T> batch)
    {
    }

    /// <summary>Computes some units of some images.</summary>
    public abstract void Forward(Batch<T> batch, in Part part);

    /// <summary>Adds the batch's gradient to the targets of the weights and biases of some pieces of <see cref="Units"/>.</summary>
    public abstract void AccumulateGradient(Batch<T> batch, int from, int to);

    /// <summary>From the gradient of all units computes that of some inputs of some images.</summary>
    public virtual void PassGradient(Batch<T> batch, in Part part)
    {
    }

    /// <summary>Brings the weights up to date, where that was put off.</summary>
    public virtual void Settle()
    {
    }

    /// <summary>Adds the batch's gradient to the biases of a panel.</summary>
    protected void AccumulateBias(Batch<T> batch, int panel)
    {
        if (Bias is null)
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
    protected void AccumulateBias(Batch<T> batch, int from, int to)
    {
        const int Pieces = Panels<T>.Pieces;
        for (int panel = (from + Pieces - 1) / Pieces; panel < (to + Pieces - 1) / Pieces; panel++)
        {
            AccumulateBias(batch, panel);
        }
    }
}
