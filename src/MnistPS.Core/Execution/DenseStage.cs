using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A wide dense layer, or one after such, and the elementwise layers after it. Threads share its units, and not the images as in an
/// <see cref="ImageStage{T}"/>: the weights are larger than the activations, so only the activations should move between cores.
/// </summary>
internal sealed class DenseStage<T> : IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T> _dense;
    private readonly int _inputStride;
    private readonly Layer<T>[] _elementwise;
    private readonly Action<int, int> _forward;
    private readonly Action<int, int> _backward;
    private readonly Action<int, int> _accumulate;
    private readonly Action<int, int> _passGradient;
    private Batch<T> _batch = null!;

    /// <summary>Creates a stage.</summary>
    /// <param name="dense">The dense layer.</param>
    /// <param name="elementwise">The layers after it.</param>
    public DenseStage(DenseLayer<T> dense, IEnumerable<Layer<T>> elementwise)
    {
        _inputStride = dense.Inputs?.Length ?? 0;
        _dense = dense;
        _elementwise = [.. elementwise];
        Output = _elementwise.Length > 0 ? _elementwise[^1].Output : dense.Output;
        Work = dense.Work + _elementwise.Sum(layer => layer.Work);
        _forward = Forward;
        _backward = Backward;
        _accumulate = Accumulate;
        _passGradient = PassGradient;
    }

    /// <inheritdoc/>
    public long Work { get; }

    /// <inheritdoc/>
    public Activations<T> Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => _dense.Parameters;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Batch<T> batch)
    {
        _batch = batch;
        _dense.Begin(batch);
        foreach (Layer<T> layer in _elementwise)
        {
            layer.Begin(batch);
        }

        batch.Workers.For(_dense.Units.PieceCount, Work * batch.Count, _forward);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(Batch<T> batch)
    {
        _batch = batch;
        batch.Workers.For(_dense.Units.PieceCount, (Work - _dense.Work) * batch.Count, _backward);

        // Before the weights are updated.
        if (_dense.Inputs is { } inputs)
        {
            batch.Workers.For(inputs.PieceCount, _dense.Work * batch.Count, _passGradient);
        }

        if (!batch.Cancellation.IsCancellationRequested)
        {
            batch.Workers.For(_dense.Units.PieceCount, _dense.Work * batch.Count, _accumulate);
        }
    }

    /// <inheritdoc/>
    public void ApplyDelayedUpdates() => _dense.ApplyDelayedUpdates();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int from, int to)
    {
        while (TryNext(_dense.Units, Output.ImageStride, ref from, to, out BatchSlice slice))
        {
            _dense.Forward(_batch, slice);
            foreach (Layer<T> layer in _elementwise)
            {
                layer.Forward(_batch, slice);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int from, int to)
    {
        while (TryNext(_dense.Units, Output.ImageStride, ref from, to, out BatchSlice slice))
        {
            for (int i = _elementwise.Length - 1; i >= 0; i--)
            {
                _elementwise[i].Backward(_batch, slice, slot: 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(int from, int to) => _dense.AccumulateGradient(_batch, from, to);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PassGradient(int from, int to)
    {
        while (TryNext(_dense.Inputs!.Value, _inputStride, ref from, to, out BatchSlice slice))
        {
            _dense.PassGradient(_batch, slice);
        }
    }

    /// <summary>The slice of the batch with which some pieces begin: a panel's units of all images or some, or a single image whole.</summary>
    /// <returns>False if there is none, or the work is cancelled.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNext(Panels<T> panels, int imageStride, ref int piece, int to, out BatchSlice slice)
    {
        slice = default;
        if (_batch.Count == 1 && piece == 0 && to == panels.PieceCount)
        {
            piece = to;
            slice = new BatchSlice(0, 1, 0, imageStride, imageStride);
        }

        // With few images, most pieces are empty.
        while (piece < to && slice.From == slice.To)
        {
            (int panel, int first, int end) = Panels<T>.Next(ref piece, to);
            slice = new BatchSlice(Image(first), Image(end), panels.Start(panel), panels.Start(panel + 1), imageStride);
        }

        return slice.From < slice.To && !_batch.Cancellation.IsCancellationRequested;

        int Image(int sixteenth) => (int)((long)_batch.Count * sixteenth / Panels<T>.Pieces);
    }
}
