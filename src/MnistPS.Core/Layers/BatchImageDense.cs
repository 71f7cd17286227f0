using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>A dense layer on the pixels of a batch of images.</summary>
internal sealed unsafe class BatchImageDense<T> : ImageDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SparseMatrix<T> _pixels;
    private readonly Action<int, int> _collect;
    private Batch<T> _batch = null!;

    public BatchImageDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(outputs, hasBias, capacity, withGradients)
    {
        _pixels = new SparseMatrix<T>(capacity, Pixels);
        _collect = (from, to) => Collect(_batch, from, to, _pixels);
    }

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        _batch = batch;
        batch.Workers.For(batch.Count, ListingWork * batch.Count, _collect);
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
        => Multiply(batch.Kernels, _pixels, part, Output.Values(0), BiasValues);

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        Accumulate(batch.Kernels, _pixels, batch.Count, Output.Gradients(0), from, to);
    }
}
