namespace MnistPS;

/// <summary>
/// NumPy's <c>SeedSequence</c> for one seed of up to 64 bits: spreads it over a pool of four 32-bit words, from which a generator takes its state.
/// </summary>
/// <remarks>
/// Sources: M. E. O'Neill, "Developing a seed_seq Alternative", 2015 (https://www.pcg-random.org/posts/developing-a-seed_seq-alternative.html);
/// NumPy, "SeedSequence" (https://numpy.org/doc/stable/reference/random/bit_generators/generated/numpy.random.SeedSequence.html).
/// </remarks>
internal sealed class SeedSequence
{
    private readonly uint[] _pool;

    /// <summary>Mixes a seed into the pool.</summary>
    public SeedSequence(ulong seed)
    {
        uint constant = 0x43b0d7e5;
        _pool = [Hash((uint)seed), Hash((uint)(seed >> 32)), Hash(0), Hash(0)];
        for (int source = 0; source < _pool.Length; source++)
        {
            for (int target = 0; target < _pool.Length; target++)
            {
                if (target != source)
                {
                    _pool[target] = Mix(_pool[target], Hash(_pool[source]));
                }
            }
        }

        uint Hash(uint value) => SeedSequence.Hash(value, ref constant, 0x931e8875);
    }

    /// <summary>The first words of the generator's state.</summary>
    /// <param name="state">Receives the words, 64 bits each.</param>
    public void GenerateState(Span<ulong> state)
    {
        uint constant = 0x8b51f9dd;
        for (int i = 0; i < state.Length; i++)
        {
            ulong low = Word(2 * i);
            ulong high = Word(2 * i + 1);
            state[i] = high << 32 | low;
        }

        uint Word(int i) => Hash(_pool[i % _pool.Length], ref constant, 0x58f38ded);
    }

    private static uint Hash(uint value, ref uint constant, uint multiplier)
    {
        value ^= constant;
        constant *= multiplier;
        value *= constant;
        return value ^ value >> 16;
    }

    private static uint Mix(uint x, uint y)
    {
        uint mixed = 0xca01f9dd * x - 0x4973f715 * y;
        return mixed ^ mixed >> 16;
    }
}
