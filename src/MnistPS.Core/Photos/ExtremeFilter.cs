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
    {
        if (reach == 0)
        {
            return plane;
        }

        byte[] values = (byte[])plane.Values.Clone();
        byte[] forward = new byte[Math.Max(plane.Width, plane.Height) + (2 * reach)];
        byte[] backward = new byte[forward.Length];
        for (int row = 0; row < plane.Height; row++)
        {
            FilterLine(values, row * plane.Width, 1, plane.Width, forward, backward, reach, isMost);
        }

        for (int column = 0; column < plane.Width; column++)
        {
            FilterLine(values, column, plane.Width, plane.Height, forward, backward, reach, isMost);
        }

        return plane with { Values = values };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FilterLine(byte[] values, int start, int step, int length, byte[] forward, byte[] backward, int reach, bool isMost)
    {
        int window = (2 * reach) + 1;
        byte outside = isMost ? byte.MinValue : byte.MaxValue;
        int padded = length + (2 * reach);
        for (int i = 0; i < padded; i++)
        {
            int place = i - reach;
            byte value = place >= 0 && place < length ? values[start + (place * step)] : outside;
            backward[i] = value;
            forward[i] = i % window == 0 ? value : Pick(forward[i - 1], value, isMost);
        }

        for (int i = padded - 2; i >= 0; i--)
        {
            if (i % window != window - 1)
            {
                backward[i] = Pick(backward[i + 1], backward[i], isMost);
            }
        }

        for (int place = 0; place < length; place++)
        {
            values[start + (place * step)] = Pick(backward[place], forward[place + window - 1], isMost);
        }
    }

    private static byte Pick(byte one, byte other, bool isMost) => isMost ? Math.Max(one, other) : Math.Min(one, other);
}
