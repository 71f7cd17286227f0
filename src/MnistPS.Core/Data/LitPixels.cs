using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS;

/// <summary>
/// The pixels of images that are not zero, about a fifth: for each image how many, which, ascending, and their grey values. To read them is
/// a fraction of the work of finding them, so that a set is searched once, and not again in each epoch.
/// </summary>
internal sealed unsafe class LitPixels
{
    private const int Pixels = MnistImage.PixelCount;

    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly Buffer<uint> _entries;

    /// <summary>Room for images that are set later.</summary>
    public LitPixels(int capacity)
    {
        _starts = [.. Enumerable.Range(0, capacity).Select(image => image * Pixels)];
        _counts = new int[capacity];
        _entries = new Buffer<uint>(checked(capacity * Pixels));
    }

    /// <summary>The images of a set, which must not change any more.</summary>
    public LitPixels(ImageSet images)
    {
        _starts = new int[images.Count];
        _counts = new int[images.Count];
        int end = 0;
        for (int image = 0; image < images.Count; image++)
        {
            _starts[image] = end;
            end = checked(end + Pixels - images.PixelsOf(image).Count((byte)0));
        }

        // A whole image more, lest someone who changes pixels meanwhile makes it write past its end.
        _entries = new Buffer<uint>(checked(end + Pixels));
        for (int image = 0; image < images.Count; image++)
        {
            Set(image, images.PixelsOf(image));
        }
    }

    /// <summary>How many pixels of an image there are.</summary>
    public int CountOf(int image) => _counts[image];

    /// <summary>The pixels of an image, each with its grey value as the place in a table (<see cref="SparseEntry"/>).</summary>
    public uint* Of(int image) => _entries.Pointer + _starts[image];

    /// <summary>Lists an image.</summary>
    /// <param name="image">Which it is.</param>
    /// <param name="pixels">Its 784 grey values.</param>
    public void Set(int image, ReadOnlySpan<byte> pixels)
    {
        ref byte first = ref MemoryMarshal.GetReference(pixels);

        // Sixty-four pixels a word, since a loop over few bits ends with a wrong guess of the processor. 784 are 12 words and a quarter. All
        // words come first, so that no such guess holds up the way from memory of those behind it.
        const int Whole = Pixels / 64;
        ulong* words = stackalloc ulong[Whole + 1];
        for (int i = 0; i < Whole; i++)
        {
            words[i] = ~Vector512.Equals(Vector512.LoadUnsafe(ref first, 64 * (nuint)i), Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        words[Whole] = ~Vector128.Equals(Vector128.LoadUnsafe(ref first, 64 * Whole), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
        uint* entry = Of(image);
        for (int i = 0; i <= Whole; i++)
        {
            for (ulong lit = words[i]; lit != 0; lit &= lit - 1)
            {
                int pixel = 64 * i + BitOperations.TrailingZeroCount(lit);
                *entry++ = SparseEntry.Create(pixel, Unsafe.Add(ref first, pixel));
            }
        }

        _counts[image] = (int)(entry - Of(image));
    }
}
