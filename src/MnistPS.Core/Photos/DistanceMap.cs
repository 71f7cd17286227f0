using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// The Euclidean distance transform of a square mask: the distance from the centre of each pixel to that of the nearest marked pixel.
/// Source: Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8, 2012.
/// </summary>
internal static class DistanceMap
{
    private const float Far = 1e10f;

    /// <summary>Computes the distances, in pixels.</summary>
    /// <param name="marks">The marked pixels, (side, side).</param>
    /// <param name="side">The number of rows, and of columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] To(bool[] marks, int side)
    {
        float[] squares = Array.ConvertAll(marks, isMarked => isMarked ? 0 : Far);
        float[] line = new float[side];
        float[] starts = new float[side + 1];
        int[] vertices = new int[side];
        for (int column = 0; column < side; column++)
        {
            Follow(squares, column, side, side, line, vertices, starts);
        }

        for (int row = 0; row < side; row++)
        {
            Follow(squares, row * side, 1, side, line, vertices, starts);
        }

        return Array.ConvertAll(squares, MathF.Sqrt);
    }

    /// <summary>The transform in one dimension: the lower envelope of the parabolas whose vertices are the pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Follow(float[] squares, int start, int step, int side, float[] line, int[] vertices, float[] starts)
    {
        for (int i = 0; i < side; i++)
        {
            line[i] = squares[start + (i * step)];
        }

        int last = 0;
        vertices[0] = 0;
        starts[0] = float.NegativeInfinity;
        starts[1] = float.PositiveInfinity;
        for (int i = 1; i < side; i++)
        {
            float crossing = Crossing(line, i, vertices[last]);
            while (crossing <= starts[last])
            {
                last--;
                crossing = Crossing(line, i, vertices[last]);
            }

            last++;
            vertices[last] = i;
            starts[last] = crossing;
            starts[last + 1] = float.PositiveInfinity;
        }

        int at = 0;
        for (int i = 0; i < side; i++)
        {
            while (starts[at + 1] < i)
            {
                at++;
            }

            int offset = i - vertices[at];
            squares[start + (i * step)] = (offset * offset) + line[vertices[at]];
        }
    }

    private static float Crossing(float[] line, int one, int other)
        => (float)(((double)line[one] + ((double)one * one) - line[other] - ((double)other * other)) / (2.0 * (one - other)));
}
