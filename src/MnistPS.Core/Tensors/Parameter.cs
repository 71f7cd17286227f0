using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>
/// A parameter of a layer, such as its weights, in the memory layout of its kernels. It converts to and from the stored layout: row-major in the
/// parameter's shape, in double precision.
/// </summary>
internal sealed unsafe class Parameter<T>
    where T : unmanaged, INumber<T>
{
    // Values between two checks for cancellation.
    private const int LoadedAtOnce = 1 << 18;

    // The offset of each value, in stored order.
    private readonly int[] _offsets;
    private readonly Buffer<T> _values;
    private Buffer<T>? _gradients;
    private Action<int, int>? _move;

    /// <summary>Room for a parameter.</summary>
    /// <param name="offsets">The offset of each value, in stored order.</param>
    /// <param name="isTrained">Whether an optimizer updates it; running statistics are not trained.</param>
    public Parameter(int[] offsets, bool isTrained = true)
    {
        _offsets = offsets;
        _values = new Buffer<T>(offsets.Max() + 1);
        IsTrained = isTrained;
    }

    /// <summary>Whether an optimizer updates it.</summary>
    public bool IsTrained { get; private set; }

    /// <summary>Number of values.</summary>
    public int Count => _offsets.Length;

    /// <summary>Values in memory, padding included.</summary>
    public int Length => _values.Length;

    /// <summary>Changes whenever the values do or are about to, so that data derived from them is recomputed for the next batch.</summary>
    public int Version { get; private set; }

    /// <summary>The values.</summary>
    public T* Values => _values.Pointer;

    /// <summary>Where gradients are accumulated: the values when descending in place, else a buffer of their own.</summary>
    public T* Target => _gradients is null ? _values.Pointer : _gradients.Pointer;

    /// <summary>What gradients are added to: the values when descending in place, else null.</summary>
    public T* Initial => _gradients is null ? _values.Pointer : null;

    /// <summary>Room for a parameter with a shape and strides.</summary>
    /// <param name="shape">Its stored shape.</param>
    /// <param name="strides">Stride of each dimension in memory.</param>
    /// <param name="isTrained">Whether an optimizer updates it; running statistics are not trained.</param>
    public static Parameter<T> Create(int[] shape, int[] strides, bool isTrained = true) => new(Offsets(shape, strides), isTrained);

    /// <summary>Gives the gradients a buffer of their own.</summary>
    /// <param name="move">Updates so many values from an offset on, once their gradients are complete; null for nothing.</param>
    public void SeparateGradients(Action<int, int>? move = null)
    {
        _gradients ??= new Buffer<T>(Length);
        _move = move;
    }

    /// <summary>Excludes it from training: its gradient is known to be zero, and rounding errors should not move it.</summary>
    public void Freeze()
    {
        IsTrained = false;
        SeparateGradients();
    }

    /// <summary>Clears the gradients, for a layer that adds to them; in place there is nothing to clear.</summary>
    public void ClearGradients() => ClearGradients(0, Length);

    /// <summary>Clears some of the gradients.</summary>
    public void ClearGradients(int start, int count) => _gradients?.Span.Slice(start, count).Clear();

    /// <summary>
    /// Reports that gradients of the batch are complete, from <paramref name="start"/> on: each once a batch, in whole 64 bytes. The values may be
    /// updated at once, while their gradients are in the core's cache.
    /// </summary>
    public void Move(int start, int count) => _move?.Invoke(start, count);

    /// <summary>Reports that the values have changed, or will during the backward pass.</summary>
    public void Touch() => Version++;

    /// <summary>Loads values, row-major in the parameter's shape.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; some values are loaded.</exception>
    public void Load(ReadOnlySpan<double> source, CancellationToken cancellation = default)
    {
        for (int start = 0; start < source.Length; start += LoadedAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            Load(source, Values, start, Math.Min(source.Length, start + LoadedAtOnce));
        }

        Touch();
    }

    /// <summary>Copies the values of a parameter with the same layout.</summary>
    public void Load(Parameter<T> source)
    {
        source._values.Span.CopyTo(_values.Span);
        Touch();
    }

    /// <summary>Stores the values, row-major in the parameter's shape.</summary>
    public void Store(Span<double> target) => Store(Values, target);

    /// <summary>Loads data in the layout of the values, such as an optimizer's moments.</summary>
    public void Load(ReadOnlySpan<double> source, T* target) => Load(source, target, 0, _offsets.Length);

    /// <summary>Stores data in the layout of the values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store(T* source, Span<double> target)
    {
        for (int i = 0; i < _offsets.Length; i++)
        {
            target[i] = double.CreateTruncating(source[_offsets[i]]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(ReadOnlySpan<double> source, T* target, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            target[_offsets[i]] = T.CreateTruncating(source[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Offsets(int[] shape, int[] strides)
    {
        int[] offsets = [0];
        for (int d = 0; d < shape.Length; d++)
        {
            int[] inner = new int[offsets.Length * shape[d]];
            for (int outer = 0, i = 0; outer < offsets.Length; outer++)
            {
                for (int place = 0; place < shape[d]; place++, i++)
                {
                    inner[i] = offsets[outer] + place * strides[d];
                }
            }

            offsets = inner;
        }

        return offsets;
    }
}
