using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>
/// The numbers that a layer learns, where and how its kernels want them. It translates to and from
/// the order in which they are drawn and kept: row-major in the parameter's shape, in double precision.
/// </summary>
internal sealed unsafe class Parameter<T>
    where T : unmanaged, INumber<T>
{
    // Between two looks at whether to stop.
    private const int LoadedAtOnce = 1 << 18;

    // Where in memory each number lies, in the order in which they are kept.
    private readonly int[] _offsets;
    private readonly Buffer<T> _values;
    private Buffer<T>? _gradients;
    private Action<int, int>? _move;

    /// <summary>Room for a parameter.</summary>
    /// <param name="offsets">Where each number lies here, in the order in which they are kept.</param>
    /// <param name="isTrained">Whether an optimizer moves it; running statistics are not trained.</param>
    public Parameter(int[] offsets, bool isTrained = true)
    {
        _offsets = offsets;
        _values = new Buffer<T>(offsets.Max() + 1);
        IsTrained = isTrained;
    }

    /// <summary>Whether an optimizer moves it.</summary>
    public bool IsTrained { get; private set; }

    /// <summary>Numbers that are kept.</summary>
    public int Count => _offsets.Length;

    /// <summary>Numbers in memory, padding included.</summary>
    public int Length => _values.Length;

    /// <summary>Changes whenever the values do or are about to, so that what was derived from them is made anew for the next batch.</summary>
    public int Version { get; private set; }

    /// <summary>The values.</summary>
    public T* Values => _values.Pointer;

    /// <summary>Where gradients are gathered: the values themselves when descending in place, else a buffer of their own.</summary>
    public T* Target => _gradients is null ? _values.Pointer : _gradients.Pointer;

    /// <summary>What gradients are added to: the values when descending in place, else null, for nothing.</summary>
    public T* Initial => _gradients is null ? _values.Pointer : null;

    /// <summary>Room for a parameter that lies as its shape says.</summary>
    /// <param name="shape">Its shape as drawn and kept.</param>
    /// <param name="strides">Where the next number along each dimension lies here.</param>
    /// <param name="isTrained">Whether an optimizer moves it; running statistics are not trained.</param>
    public static Parameter<T> Create(int[] shape, int[] strides, bool isTrained = true) => new(Offsets(shape, strides), isTrained);

    /// <summary>Gives the gradients a buffer of their own.</summary>
    /// <param name="move">Moves so many values from a place on, once their gradients are known; null for nothing.</param>
    public void SeparateGradients(Action<int, int>? move = null)
    {
        _gradients ??= new Buffer<T>(Length);
        _move = move;
    }

    /// <summary>Leaves it as it is, whatever its gradient, which is known to be zero: what rounding makes of that is worth no step.</summary>
    public void Freeze()
    {
        IsTrained = false;
        SeparateGradients();
    }

    /// <summary>Makes the gradients zero, for a layer that adds into them; in place there is nothing to clear.</summary>
    public void ClearGradients() => ClearGradients(0, Length);

    /// <summary>Makes some of the gradients zero.</summary>
    public void ClearGradients(int start, int count) => _gradients?.Span.Slice(start, count).Clear();

    /// <summary>
    /// Says that some of the batch's gradients are known, from <paramref name="start"/> on, each once a batch and none but whole 64 bytes. The
    /// values may move at once, while their gradients are in the cache of the core that has computed them.
    /// </summary>
    public void Move(int start, int count) => _move?.Invoke(start, count);

    /// <summary>Says that the values have changed, or will while the batch under way goes back.</summary>
    public void Touch() => Version++;

    /// <summary>Takes over values, row-major in the parameter's shape.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and has some of them.</exception>
    public void Load(ReadOnlySpan<double> source, CancellationToken cancellation = default)
    {
        for (int start = 0; start < source.Length; start += LoadedAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            Load(source, Values, start, Math.Min(source.Length, start + LoadedAtOnce));
        }

        Touch();
    }

    /// <summary>Takes over the values of a parameter that lies in memory as this one does.</summary>
    public void Load(Parameter<T> source)
    {
        source._values.Span.CopyTo(_values.Span);
        Touch();
    }

    /// <summary>Hands out the values, row-major in the parameter's shape.</summary>
    public void Store(Span<double> target) => Store(Values, target);

    /// <summary>Takes over numbers that lie as the values do, such as an optimizer's moments.</summary>
    public void Load(ReadOnlySpan<double> source, T* target) => Load(source, target, 0, _offsets.Length);

    /// <summary>Hands out numbers that lie as the values do.</summary>
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
