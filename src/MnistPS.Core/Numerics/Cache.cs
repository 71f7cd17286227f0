using System.Runtime.Intrinsics.X86;

namespace MnistPS.Numerics;

/// <summary>What a program can say about a core's caches.</summary>
internal static unsafe class Cache
{
    private const int LineBytes = 64;

    /// <summary>
    /// Says that memory will soon be read, so that it comes while other work is done. Lists of images lie anywhere in dozens of megabytes, and no
    /// processor can guess which comes next. .NET has this instruction on x86 only; elsewhere nothing is said, and reading waits.
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
