namespace MnistPS;

/// <summary>
/// A small generator whose n-th output depends only on the seed and n, so that threads draw the same values in any order. Source: Steele, Lea and Flood,
/// "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, with the finaliser of Vigna's splitmix64.c.
/// </summary>
/// <param name="seed">Any number.</param>
internal struct SplitMix64(ulong seed)
{
    // The golden ratio's fraction in 64 bits, made odd.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The output that a generator of this seed gives after <paramref name="index"/> others.</summary>
    internal static ulong OutputAt(ulong seed, ulong index) => Mix(seed + ((index + 1) * Gamma));

    /// <summary>A generator of this seed after <paramref name="count"/> outputs.</summary>
    internal static SplitMix64 After(ulong seed, ulong count) => new(seed + (count * Gamma));

    /// <summary>64 random bits.</summary>
    internal ulong Next() => Mix(_state += Gamma);

    /// <summary>A value uniform in [0, 1).</summary>
    internal float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>An integer uniform in [0, bound), for a bound of at least 1; its bias is under bound / 2^64.</summary>
    internal int NextBelow(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>
    /// A bell-shaped draw of mean 0 and standard deviation 1, within ±2√3: the sum of four uniforms (Irwin-Hall). The usual methods need a logarithm or a
    /// cosine, whose last bit differs between platforms.
    /// </summary>
    internal float NextBell()
    {
        const float Root3 = 1.7320508f;
        ulong bits = Next();
        ulong sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return Root3 * (((float)sum / 65536) - 2);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
