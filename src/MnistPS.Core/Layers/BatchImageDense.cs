using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on the pixels of a batch of images. Each thread lists the images that it needs for itself: that is less work than to fetch,
/// number by number, what another core has listed.
/// </summary>
internal sealed unsafe class BatchImageDense<T> : ImageDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _capacity;
    private readonly bool _withGradients;
    private ImageLists<T>?[] _lists = [];

    public BatchImageDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(outputs, hasBias, capacity, withGradients)
    {
        _capacity = capacity;
        _withGradients = withGradients;
    }

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        if (_lists.Length != batch.Workers.Count)
        {
            _lists = new ImageLists<T>?[batch.Workers.Count];
        }

        foreach (ImageLists<T>? lists in _lists)
        {
            lists?.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
        => Multiply(batch.Kernels, Listed(batch, part.From, part.To), part, Output.Values(0), BiasValues);

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        Accumulate(batch.Kernels, Listed(batch, 0, batch.Count), batch.Count, Output.Gradients(0), from, to);
    }

    /// <summary>The calling thread's lists, with some images in them.</summary>
    private ImageLists<T> Listed(Batch<T> batch, int from, int to)
    {
        ImageLists<T> lists = _lists[batch.Workers.CurrentThread] ??= new ImageLists<T>(_capacity, _withGradients);
        lists.Require(batch, from, to, batch.Count);
        return lists;
    }
}
