using System.Runtime.Intrinsics.X86;

namespace MnistPS.Numerics;

/// <summary>Cache hints.</summary>
internal static unsafe class Cache
{
    private const int LineBytes = 64;

    /// <summary>
    /// Prefetches memory that is read soon. Sparse rows are scattered over dozens of megabytes, which no hardware prefetcher predicts. .NET has this
    /// instruction on x86 only; elsewhere nothing is done.
    /// </summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    public static void Fetch(void* from, void* to)
    {
        if (Sse.IsSupported)
        {
            byte* first = (byte*)((nuint)from & ~(nuint)(LineBytes - 1));
            for (byte* line = first; line < to; line += LineBytes)
            {
                Sse.Prefetch0(line);
            }
        }
    }
}
