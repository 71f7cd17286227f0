using System.Numerics;

namespace MnistPS.Layers;

/// <summary>Layers that treat each image by itself: a few images go through all of them before the next few come.</summary>
internal sealed class ImageStage<T> : IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many images at a time as keep the numbers between two layers within a core's own cache.
    private const int CacheBytes = 256 * 1024;

    private readonly Layer<T>[] _layers;
    private readonly int _group;
    private readonly Action<int, int> _forward;
    private readonly Action<int, int> _backward;
    private readonly Action<int, int>[] _accumulate;
    private Batch<T> _batch = null!;

    public ImageStage(IEnumerable<Layer<T>> layers)
    {
        _layers = [.. layers];
        _group = Math.Max(1, CacheBytes / _layers.Max(layer => layer.Output.ImageStride * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));
        Work = _layers.Sum(layer => layer.Work);
        _forward = Forward;
        _backward = Backward;
        _accumulate = [.. _layers.Select<Layer<T>, Action<int, int>>(layer => (from, to) => layer.AccumulateGradient(_batch, from, to))];
        Parameters = [.. _layers.SelectMany(layer => layer.Parameters)];
    }

    /// <inheritdoc/>
    public long Work { get; }

    /// <inheritdoc/>
    public Signal<T> Output => _layers[^1].Output;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public void Forward(Batch<T> batch)
    {
        _batch = batch;
        foreach (Layer<T> layer in _layers)
        {
            layer.Begin(batch);
        }

        batch.Workers.For(batch.Count, Work * batch.Count, _forward);
    }

    /// <inheritdoc/>
    public void Backward(Batch<T> batch)
    {
        _batch = batch;
        batch.Workers.For(Batch<T>.Slots, 2 * Work * batch.Count, _backward);
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i].GradientRows > 0 && !batch.Cancellation.IsCancellationRequested)
            {
                batch.Workers.For(_layers[i].GradientRows, _layers[i].Work * batch.Count, _accumulate[i]);
            }
        }
    }

    private void Forward(int from, int to)
    {
        for (int image = from; image < to && !_batch.Cancellation.IsCancellationRequested; image += _group)
        {
            int end = Math.Min(to, image + _group);
            foreach (Layer<T> layer in _layers)
            {
                layer.Forward(_batch, layer.Output.Images(image, end));
            }
        }
    }

    private void Backward(int from, int to)
    {
        for (int slot = from; slot < to; slot++)
        {
            int last = _batch.SlotStart(slot + 1);
            for (int image = _batch.SlotStart(slot); image < last && !_batch.Cancellation.IsCancellationRequested; image += _group)
            {
                int end = Math.Min(last, image + _group);
                for (int i = _layers.Length - 1; i >= 0; i--)
                {
                    _layers[i].Backward(_batch, _layers[i].Output.Images(image, end), slot);
                }
            }
        }
    }
}
