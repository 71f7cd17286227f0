using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>A dense layer on the pixels of a batch of images.</summary>
internal sealed unsafe class BatchImageDense<T> : ImageDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Action<int, int> _list;
    private Batch<T> _batch = null!;

    public BatchImageDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(outputs, hasBias, capacity, capacity, withGradients)
    {
        _list = (from, to) => List(_batch, from, to, _batch.Count);
    }

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        _batch = batch;
        batch.Workers.For(GroupCount(batch.Count), ListingWork * batch.Count, _list);
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part) => Multiply(batch.Kernels, part, Output.Values(0), BiasValues);

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        Accumulate(batch.Kernels, batch.Count, Output.Gradients(0), from, to);
    }
}
