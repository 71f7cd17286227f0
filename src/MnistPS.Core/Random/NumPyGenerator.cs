using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS;

/// <summary>NumPy's <c>numpy.random.default_rng(seed)</c>, bit for bit: the same seed and calls give the same values as in NumPy 1.24.</summary>
/// <remarks>
/// Sources: NumPy, "Random Generator" (https://numpy.org/doc/stable/reference/random/generator.html);
/// D. Lemire, "Fast Random Integer Generation in an Interval", ACM Transactions on Modeling and Computer Simulation 29(1), 2019;
/// R. Floyd in J. Bentley, "Programming Pearls: A Sample of Brilliance", Communications of the ACM 30(9), 1987.
/// </remarks>
public sealed class NumPyGenerator
{
    private Pcg64 _bits;

    // A 32-bit draw takes the lower half of 64 bits and leaves the upper half to the next 32-bit draw, in whichever call.
    private uint? _upperHalf;

    /// <summary>Creates a generator from a seed.</summary>
    /// <param name="seed">Any number; NumPy's larger seeds are not supported.</param>
    public NumPyGenerator(ulong seed) => _bits = new Pcg64(seed);

    /// <summary>Continues from a state.</summary>
    internal NumPyGenerator(NumPyGeneratorState state)
    {
        _bits = new Pcg64(state.State, state.Increment);
        _upperHalf = state.UpperHalf;
    }

    /// <summary>The current state.</summary>
    internal NumPyGeneratorState State => new(_bits.State, _bits.Increment, _upperHalf);

    /// <summary>An independent copy that continues with the same values.</summary>
    public NumPyGenerator Clone() => (NumPyGenerator)MemberwiseClone();

    /// <summary>64 random bits: NumPy's <c>bit_generator.random_raw()</c>.</summary>
    public ulong NextUInt64() => _bits.Next();

    /// <summary>A value uniform in [0, 1), a multiple of 2⁻⁵³: NumPy's <c>random()</c>.</summary>
    public double NextDouble() => ToDouble(_bits.Next());

    /// <summary>Values uniform in [0, 1): NumPy's <c>random(n)</c>.</summary>
    /// <param name="values">Receives the values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<double> values)
    {
        Pcg64 bits = _bits;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ToDouble(bits.Next());
        }

        _bits = bits;
    }

    /// <summary>An integer uniform in [low, high): NumPy's <c>integers(low, high)</c>.</summary>
    /// <param name="low">The smallest integer.</param>
    /// <param name="high">One more than the largest integer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public long Integers(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return unchecked(low + (long)Bounded((ulong)high - (ulong)low - 1));
    }

    /// <summary>Integers uniform in [low, high): NumPy's <c>integers(low, high, size=n)</c>.</summary>
    /// <param name="low">The smallest integer.</param>
    /// <param name="high">One more than the largest integer.</param>
    /// <param name="values">Receives the integers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public void Integers(long low, long high, Span<long> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Integers(low, high);
        }
    }

    /// <summary>One of two values each time, with equal probability: NumPy's <c>integers(0, 2, size=n)</c> mapped to them.</summary>
    /// <remarks>
    /// For two values Lemire's product is 2·draw, its threshold (2³² − 2) mod 2 = 0 rejects nothing, and its upper word is the draw's top bit.
    /// </remarks>
    /// <param name="values">Receives the values.</param>
    /// <param name="zero">The value for 0.</param>
    /// <param name="one">The value for 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal unsafe void Fill<T>(Span<T> values, T zero, T one)
        where T : unmanaged
    {
        // A table and no branch, since random bits cannot be predicted.
        T* choices = stackalloc T[] { zero, one };
        int i = 0;
        if (_upperHalf is not null && values.Length > 0)
        {
            values[i++] = choices[NextUInt32() >> 31];
        }

        Pcg64 bits = _bits;
        for (; i + 1 < values.Length; i += 2)
        {
            ulong draw = bits.Next();
            values[i] = choices[draw >> 31 & 1];
            values[i + 1] = choices[draw >> 63];
        }

        _bits = bits;
        if (i < values.Length)
        {
            values[i] = choices[NextUInt32() >> 31];
        }
    }

    /// <summary>The integers from 0 to n − 1 in random order: NumPy's <c>permutation(n)</c>.</summary>
    /// <param name="n">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        int[] order = Range(n);
        for (int i = n - 1; i > 0; i--)
        {
            int j = (int)Masked((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>Some of the integers from 0 to n − 1, without repetition, in random order: NumPy's <c>choice(n, size, replace=False)</c>.</summary>
    /// <param name="n">The number of integers to choose from.</param>
    /// <param name="size">How many to choose, 0 to <paramref name="n"/>.</param>
    /// <exception cref="MnistException">The size is negative or above <paramref name="n"/> (<c>SampleOutOfRange</c>).</exception>
    public int[] Choice(int n, int size)
    {
        if (size < 0 || size > n)
        {
            throw new MnistException("SampleOutOfRange", Fault.InvalidArgument,
                $"A sample of {size} cannot be drawn from {n} without drawing one twice; ask for no more than {n}.", size);
        }

        // NumPy's heuristic: for a large share of a large population, shuffling is cheaper than lookups.
        return n > 10000 && size > n / 50 ? ChooseByShuffle(n, size) : ChooseByFloyd(n, size);
    }

    private int[] ChooseByShuffle(int n, int size)
    {
        int[] order = Range(n);
        Shuffle(order, Math.Max(n - size, 1));
        return order[(n - size)..];
    }

    private int[] ChooseByFloyd(int n, int size)
    {
        int[] chosen = new int[size];
        HashSet<int> taken = new(size);
        for (int i = 0; i < size; i++)
        {
            int newest = n - size + i;
            int candidate = (int)Bounded((ulong)newest);
            chosen[i] = taken.Add(candidate) ? candidate : newest;
            taken.Add(chosen[i]);
        }

        Shuffle(chosen, 1);
        return chosen;
    }

    // Unlike Permutation, NumPy's choice bounds its draws by Lemire's method.
    private void Shuffle(int[] items, int first)
    {
        for (int i = items.Length - 1; i >= first; i--)
        {
            int j = (int)Bounded((ulong)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static int[] Range(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int[] range = new int[n];
        for (int i = 0; i < n; i++)
        {
            range[i] = i;
        }

        return range;
    }

    private static double ToDouble(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));

    private uint NextUInt32()
    {
        if (_upperHalf is uint left)
        {
            _upperHalf = null;
            return left;
        }

        ulong draw = _bits.Next();
        _upperHalf = (uint)(draw >> 32);
        return (uint)draw;
    }

    /// <summary>An integer uniform in [0, max] by Lemire's multiplication, in 32 bits where max allows it; max is never all ones in 64.</summary>
    private ulong Bounded(ulong max)
        => max switch
        {
            0 => 0,
            < uint.MaxValue => BoundedBy32((uint)max),
            uint.MaxValue => NextUInt32(),
            _ => BoundedBy64(max),
        };

    private uint BoundedBy32(uint max)
    {
        uint count = max + 1;
        ulong product = (ulong)NextUInt32() * count;
        if ((uint)product < count)
        {
            uint threshold = (uint.MaxValue - max) % count;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * count;
            }
        }

        return (uint)(product >> 32);
    }

    private ulong BoundedBy64(ulong max)
    {
        ulong count = max + 1;
        ulong result = Math.BigMul(_bits.Next(), count, out ulong leftover);
        if (leftover < count)
        {
            ulong threshold = (ulong.MaxValue - max) % count;
            while (leftover < threshold)
            {
                result = Math.BigMul(_bits.Next(), count, out leftover);
            }
        }

        return result;
    }

    /// <summary>An integer uniform in [0, max], max above 0, by masked rejection sampling.</summary>
    private uint Masked(uint max)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(max);
        uint draw;
        do
        {
            draw = NextUInt32() & mask;
        }
        while (draw > max);
        return draw;
    }
}
