using System.Runtime.CompilerServices;

namespace MnistPS;

/// <summary>
/// The bit generator behind NumPy's <c>default_rng</c>, PCG XSL RR 128/64: a linear congruential generator of 128 bits
/// whose halves are folded by XOR and rotated. A value type, so that a copy is a snapshot of the state.
/// </summary>
/// <remarks>
/// Sources: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation",
/// HMC-CS-2014-0905, 2014; NumPy, "PCG64" (https://numpy.org/doc/stable/reference/random/bit_generators/pcg64.html).
/// </remarks>
internal struct Pcg64
{
    private const ulong MultiplierHigh = 2549297995355413924;
    private const ulong MultiplierLow = 4865540595714422341;

    // Two words each, since UInt128's multiplication takes twice as long.
    private readonly ulong _incrementHigh;
    private readonly ulong _incrementLow;
    private ulong _high;
    private ulong _low;

    /// <summary>The initial state of a seed, as in NumPy.</summary>
    public Pcg64(ulong seed)
    {
        Span<ulong> words = stackalloc ulong[4];
        new SeedSequence(seed).GenerateState(words);
        UInt128 increment = new UInt128(words[2], words[3]) << 1 | 1;

        // O'Neill's seeding: a step from zero gives the increment, the words are added, and one more step mixes them.
        this = new Pcg64(increment + new UInt128(words[0], words[1]), increment);
        Step();
    }

    /// <summary>A saved state.</summary>
    public Pcg64(UInt128 state, UInt128 increment)
    {
        _incrementHigh = (ulong)(increment >> 64);
        _incrementLow = (ulong)increment;
        _high = (ulong)(state >> 64);
        _low = (ulong)state;
    }

    /// <summary>The state, 128 bits.</summary>
    public readonly UInt128 State => new(_high, _low);

    /// <summary>The increment, 128 bits, odd.</summary>
    public readonly UInt128 Increment => new(_incrementHigh, _incrementLow);

    // Inlined, since a call would keep the state in memory between draws.

    /// <summary>The next 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        Step();
        return ulong.RotateRight(_high ^ _low, (int)(_high >> 58));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step()
    {
        // Ordered so that the next step depends on one multiplication and one addition a word, and on nothing else.
        ulong carried = Math.BigMul(_low, MultiplierLow, out ulong low) + _low * MultiplierHigh + _incrementHigh;
        _low = low + _incrementLow;
        _high = _high * MultiplierLow + (carried + (_low < low ? 1UL : 0UL));
    }
}
