using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// Layers that process each image by itself: a few images pass through all of them before the next few, at a network's end the backward pass included.
/// </summary>
internal sealed class ImageStage<T> : IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many images at a time as keep the activations between two layers in a core's own cache.
    private const int CacheBytes = 256 * 1024;

    // Pieces of each layer's gradient, as of dense layers: a thread's piece of the first one has the pixels that it has multiplied.
    private const int Pieces = Panels<T>.Pieces;

    private readonly Layer<T>[] _layers;
    private readonly int _group;
    private readonly long _gradientWork;
    private readonly Action<int, int> _forward;
    private readonly Action<int, int> _forwardAndBack;
    private readonly Action<int, int> _backward;
    private readonly Action<int, int> _accumulate;
    private Batch<T> _batch = null!;

    // Computes the loss of the current batch, whose backward pass is then done with the forward pass; else null.
    private Action<int, int>? _measure;

    public ImageStage(IEnumerable<Layer<T>> layers)
    {
        _layers = [.. layers];
        _group = Math.Max(1, CacheBytes / _layers.Max(layer => layer.Output.ImageStride * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));
        Work = _layers.Sum(layer => layer.Work);
        _gradientWork = _layers.Where(layer => layer.GradientRows > 0).Sum(layer => layer.Work);
        _forward = Forward;
        _forwardAndBack = ForwardAndBack;
        _backward = Backward;
        _accumulate = Accumulate;
        Parameters = [.. _layers.SelectMany(layer => layer.Parameters)];
    }

    /// <inheritdoc/>
    public long Work { get; }

    /// <inheritdoc/>
    public Activations<T> Output => _layers[^1].Output;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Batch<T> batch)
    {
        Begin(batch, null);
        batch.Workers.For(batch.Count, Work * batch.Count, _forward);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Batch<T> batch, long work, Action<int, int> measure)
    {
        Begin(batch, measure);
        batch.Workers.For(Batch<T>.Slots, (3 * Work + work) * batch.Count, _forwardAndBack);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(Batch<T> batch)
    {
        if (_measure is null)
        {
            batch.Workers.For(Batch<T>.Slots, 2 * Work * batch.Count, _backward);
        }

        batch.Workers.For(Pieces, _gradientWork * batch.Count, _accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(Batch<T> batch, Action<int, int>? measure)
    {
        _batch = batch;
        _measure = measure;
        foreach (Layer<T> layer in _layers)
        {
            layer.Begin(batch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int from, int to)
    {
        int next = from;
        while (TryNext(ref next, to, out int first))
        {
            ForwardLayers(first, next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardAndBack(int from, int to)
    {
        for (int slot = from; slot < to; slot++)
        {
            int next = _batch.SlotStart(slot);
            while (TryNext(ref next, _batch.SlotStart(slot + 1), out int first))
            {
                ForwardLayers(first, next);
                _measure!(first, next);
                BackwardLayers(first, next, slot);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int from, int to)
    {
        for (int slot = from; slot < to; slot++)
        {
            int next = _batch.SlotStart(slot);
            while (TryNext(ref next, _batch.SlotStart(slot + 1), out int first))
            {
                BackwardLayers(first, next, slot);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardLayers(int from, int to)
    {
        foreach (Layer<T> layer in _layers)
        {
            layer.Forward(_batch, layer.Output.Images(from, to));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardLayers(int from, int to, int slot)
    {
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].Backward(_batch, _layers[i].Output.Images(from, to), slot);
        }
    }

    /// <summary>Accumulates some sixteenths of the gradients of all layers; a thread has a part of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(int from, int to)
    {
        foreach (Layer<T> layer in _layers)
        {
            int first = layer.GradientRows * from / Pieces;
            int end = layer.GradientRows * to / Pieces;
            if (first < end && !_batch.Cancellation.IsCancellationRequested)
            {
                layer.AccumulateGradient(_batch, first, end);
            }
        }
    }

    /// <summary>The next few images, from <paramref name="first"/> up to where <paramref name="next"/> is moved.</summary>
    /// <returns>False if there are none, or the work is cancelled.</returns>
    private bool TryNext(ref int next, int end, out int first)
    {
        first = next;
        next = Math.Min(end, next + _group);
        return first < end && !_batch.Cancellation.IsCancellationRequested;
    }
}
