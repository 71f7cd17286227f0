using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MnistPS.Numerics;

namespace MnistPS;

/// <summary>
/// The nonzero pixels of images, about a fifth, as sparse rows: their count, ascending indices and grey values. Reading them costs a fraction of finding
/// them, so a set is scanned once, and not in each epoch.
/// </summary>
internal sealed unsafe class NonzeroPixels
{
    /// <summary>The first pixel of an image's lower half.</summary>
    public const int LowerHalf = Pixels / 2;

    private const int Pixels = MnistImage.PixelCount;

    private readonly Row[] _rows;
    private readonly Buffer<uint> _entries;

    /// <summary>Reserves room for images that are set later.</summary>
    public NonzeroPixels(int capacity)
    {
        _rows = [.. Enumerable.Range(0, capacity).Select(image => new Row { First = image * Pixels })];
        _entries = new Buffer<uint>(checked(capacity * Pixels));
    }

    /// <summary>Lists the images of a set, which must not change afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NonzeroPixels(ImageSet images)
    {
        _rows = new Row[images.Count];
        int end = 0;
        for (int image = 0; image < images.Count; image++)
        {
            _rows[image].First = end;
            end = checked(end + Pixels - images.PixelsOf(image).Count((byte)0));
        }

        // A whole image more, so that pixels changed meanwhile cannot make it write past the end.
        _entries = new Buffer<uint>(checked(end + Pixels));
        for (int image = 0; image < images.Count; image++)
        {
            Set(image, images.PixelsOf(image));
        }
    }

    /// <summary>The entries of an image, with grey values as indices of a table (<see cref="CsrEntry"/>).</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">The first entry.</param>
    /// <param name="lower">The first entry of the lower half.</param>
    /// <param name="end">The end of the entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(int image, out uint* first, out uint* lower, out uint* end)
    {
        Row row = _rows[image];
        first = _entries.Pointer + row.First;
        lower = first + row.UpperCount;
        end = first + row.Count;
    }

    /// <summary>Lists an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="pixels">Its 784 grey values.</param>
    public void Set(int image, ReadOnlySpan<byte> pixels)
    {
        ref byte grey = ref MemoryMarshal.GetReference(pixels);

        // Sixty-four pixels a word, since a loop over few bits ends with a branch misprediction. 784 are 12 words and a quarter. All words come first, so
        // that no misprediction delays the loads of the next.
        const int Whole = Pixels / 64;
        ulong* words = stackalloc ulong[Whole + 1];
        for (int i = 0; i < Whole; i++)
        {
            words[i] = ~Vector512.Equals(Vector512.LoadUnsafe(ref grey, 64 * (nuint)i), Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        words[Whole] = ~Vector128.Equals(Vector128.LoadUnsafe(ref grey, 64 * Whole), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
        ref Row row = ref _rows[image];
        uint* first = _entries.Pointer + row.First;
        uint* entry = first;
        for (int i = 0; i <= Whole; i++)
        {
            for (ulong nonzero = words[i]; nonzero != 0; nonzero &= nonzero - 1)
            {
                int pixel = 64 * i + BitOperations.TrailingZeroCount(nonzero);
                *entry++ = CsrEntry.Create(pixel, Unsafe.Add(ref grey, pixel));
            }
        }

        row.Count = (int)(entry - first);
        row.UpperCount = BitOperations.PopCount(words[LowerHalf / 64] << (64 - LowerHalf % 64));
        for (int i = 0; i < LowerHalf / 64; i++)
        {
            row.UpperCount += BitOperations.PopCount(words[i]);
        }
    }

    /// <summary>The location of an image's entries. Fields that are read together are stored together, since images come in any order.</summary>
    private struct Row
    {
        public int First;
        public int UpperCount;
        public int Count;
    }
}
