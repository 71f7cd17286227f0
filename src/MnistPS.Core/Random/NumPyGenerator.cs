using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS;

/// <summary>
/// NumPy's <c>numpy.random.default_rng(seed)</c>, bit for bit: the same seed and the same calls give the same numbers as NumPy 1.24 gives.
/// </summary>
/// <remarks>
/// Sources: NumPy, "Random Generator" (https://numpy.org/doc/stable/reference/random/generator.html);
/// D. Lemire, "Fast Random Integer Generation in an Interval", ACM Transactions on Modeling and Computer Simulation 29(1), 2019;
/// R. Floyd in J. Bentley, "Programming Pearls: A Sample of Brilliance", Communications of the ACM 30(9), 1987.
/// </remarks>
public sealed class NumPyGenerator
{
    private Pcg64 _bits;

    // A 32-bit draw takes the lower half of 64 bits and leaves the upper half to the next 32-bit draw, whichever call that is in.
    private uint? _upperHalf;

    /// <summary>The generator of a seed.</summary>
    /// <param name="seed">Any number; NumPy's larger seeds are not supported.</param>
    public NumPyGenerator(ulong seed) => _bits = new Pcg64(seed);

    /// <summary>The generator that goes on from a state.</summary>
    internal NumPyGenerator(NumPyGeneratorState state)
    {
        _bits = new Pcg64(state.State, state.Increment);
        _upperHalf = state.UpperHalf;
    }

    /// <summary>Where it goes on.</summary>
    internal NumPyGeneratorState State => new(_bits.State, _bits.Increment, _upperHalf);

    /// <summary>A generator of its own that goes on exactly as this one would.</summary>
    public NumPyGenerator Clone() => (NumPyGenerator)MemberwiseClone();

    /// <summary>Sixty-four random bits, which NumPy's <c>bit_generator.random_raw()</c> gives.</summary>
    public ulong NextUInt64() => _bits.Next();

    /// <summary>A number uniform in [0, 1), a multiple of 2⁻⁵³: NumPy's <c>random()</c>.</summary>
    public double NextDouble() => ToDouble(_bits.Next());

    /// <summary>Numbers uniform in [0, 1): NumPy's <c>random(n)</c>.</summary>
    /// <param name="numbers">Receives the numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<double> numbers)
    {
        Pcg64 bits = _bits;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ToDouble(bits.Next());
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
    /// <param name="numbers">Receives the integers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public void Integers(long low, long high, Span<long> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Integers(low, high);
        }
    }

    /// <summary>One of two numbers each time, with even chances: by what NumPy's <c>integers(0, 2, size=n)</c> gives.</summary>
    /// <remarks>
    /// For two values Lemire's product is 2·draw, its threshold (2³² − 2) mod 2 = 0 rejects nothing, and its upper word is the draw's top bit.
    /// </remarks>
    /// <param name="numbers">Receives the numbers.</param>
    /// <param name="zero">What stands for a zero.</param>
    /// <param name="one">What stands for a one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal unsafe void Fill<T>(Span<T> numbers, T zero, T one)
        where T : unmanaged
    {
        // A table and no branch: which way a random bit goes is beyond any processor's guess.
        T* choices = stackalloc T[] { zero, one };
        int i = 0;
        if (_upperHalf is not null && numbers.Length > 0)
        {
            numbers[i++] = choices[NextUInt32() >> 31];
        }

        Pcg64 bits = _bits;
        for (; i + 1 < numbers.Length; i += 2)
        {
            ulong draw = bits.Next();
            numbers[i] = choices[draw >> 31 & 1];
            numbers[i + 1] = choices[draw >> 63];
        }

        _bits = bits;
        if (i < numbers.Length)
        {
            numbers[i] = choices[NextUInt32() >> 31];
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

    /// <summary>Some of the integers from 0 to n − 1, none twice, in random order: NumPy's <c>choice(n, size, replace=False)</c>.</summary>
    /// <param name="n">The number of integers to choose from.</param>
    /// <param name="size">How many to choose, 0 to <paramref name="n"/>.</param>
    /// <exception cref="MnistException">More than there are, or fewer than none (<c>SampleOutOfRange</c>).</exception>
    public int[] Choice(int n, int size)
    {
        if (size < 0 || size > n)
        {
            throw new MnistException("SampleOutOfRange", Fault.InvalidArgument,
                $"A sample of {size} cannot be drawn from {n} without drawing one twice; ask for no more than {n}.", size);
        }

        // NumPy's heuristic: a large share of a large population is cheaper to shuffle than to look up.
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

    // Unlike Permutation, choice bounds its draws by Lemire's method; NumPy's two shuffles differ in that.
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

    /// <summary>An integer uniform in [0, max], max above 0, by drawing just enough bits until they do not exceed it.</summary>
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
