using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Maximum and minimum filters with a square kernel: grey dilation and erosion. The time does not depend on the kernel's size.
/// Source: van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels", Pattern Recognition Letters 13(7), 1992.
/// </summary>
internal static class ExtremeFilter
{
    /// <summary>The maximum within <paramref name="reach"/> columns and rows of each pixel: a dilation.</summary>
    public static Plane Most(Plane plane, int reach) => Filter(plane, reach, isMost: true);

    /// <summary>The minimum within <paramref name="reach"/> columns and rows of each pixel: an erosion.</summary>
    public static Plane Least(Plane plane, int reach) => Filter(plane, reach, isMost: false);

    private static Plane Filter(Plane plane, int reach, bool isMost)
        => reach == 0 ? plane : FilterColumns(FilterColumns(plane.Transposed(), reach, isMost).Transposed(), reach, isMost);

    /// <summary>Filters along the columns, a row at a time. Rows outside of the plane do not count.</summary>
    private static Plane FilterColumns(Plane plane, int reach, bool isMost)
    {
        int width = plane.Width;
        int window = (2 * reach) + 1;
        byte outside = isMost ? byte.MinValue : byte.MaxValue;
        byte[] none = new byte[width];
        Array.Fill(none, outside);
        ReadOnlySpan<byte> Row(int row) => row >= 0 && row < plane.Height ? plane.Values.AsSpan(row * width, width) : none;

        // The kernel of a row covers the end of one block of rows and the beginning of the next.
        byte[] values = new byte[plane.Values.Length];
        byte[] ends = new byte[window * width];
        byte[] beginning = new byte[width];
        for (int block = 0; block < plane.Height; block += window)
        {
            Row(block - reach + window - 1).CopyTo(ends.AsSpan((window - 1) * width));
            for (int i = window - 2; i >= 0; i--)
            {
                Pick(Row(block - reach + i), ends.AsSpan((i + 1) * width, width), ends.AsSpan(i * width, width), isMost);
            }

            Array.Fill(beginning, outside);
            for (int i = 0; i < window && block + i < plane.Height; i++)
            {
                Pick(ends.AsSpan(i * width, width), beginning, values.AsSpan((block + i) * width, width), isMost);
                Pick(Row(block - reach + window + i), beginning, beginning, isMost);
            }
        }

        return plane with { Values = values };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pick(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> target, bool isMost)
    {
        int i = 0;
        for (; i <= target.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> first = new(one[i..]), second = new(other[i..]);
            (isMost ? Vector.Max(first, second) : Vector.Min(first, second)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = isMost ? Math.Max(one[i], other[i]) : Math.Min(one[i], other[i]);
        }
    }
}
