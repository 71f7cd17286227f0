namespace MnistPS.Networks;

/// <summary>
/// The directions of strokes in the parts of an image: histograms of oriented gradients (Dalal and Triggs, "Histograms of Oriented Gradients for Human
/// Detection", CVPR 2005), six directions in nine by nine windows of six pixels that overlap by half, as one vector of length 1.
/// </summary>
internal static class StrokeDirections
{
    /// <summary>The number of values per image.</summary>
    public const int Count = Directions * Windows * Windows;

    private const int Directions = 6;
    private const int Windows = 9;
    private const int Step = 3;
    private const int Before = 2;

    // Constants and no cosines, so that the page computes the same values.
    private static readonly float[] _cosines = [1, 0.8660254f, 0.5f, 0, -0.5f, -0.8660254f];
    private static readonly float[] _sines = [0, 0.5f, 0.8660254f, 1, 0.8660254f, 0.5f];

    /// <summary>The directions of an image.</summary>
    /// <param name="numbers">The image from 0 (paper) to 1 (ink), (28, 28).</param>
    /// <param name="directions">Receives the values, (486): by direction, then by window, row by row; all zero for an image of one grey value.</param>
    public static void Write(ReadOnlySpan<float> numbers, Span<float> directions)
    {
        const int Side = MnistImage.Side;
        directions.Clear();
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                float x = At(numbers, row, column + 1) - At(numbers, row, column - 1);
                float y = At(numbers, row + 1, column) - At(numbers, row - 1, column);
                float squared = (x * x) + (y * y);
                if (squared == 0)
                {
                    continue;
                }

                // A pixel is in two windows in each dimension; the last one covers the edge.
                float size = MathF.Sqrt(squared);
                int top = Math.Max(0, (row + Before) / Step - 1), bottom = Math.Min(Windows - 1, (row + Before) / Step);
                int left = Math.Max(0, (column + Before) / Step - 1), right = Math.Min(Windows - 1, (column + Before) / Step);
                for (int direction = 0; direction < Directions; direction++)
                {
                    float along = (x * _cosines[direction]) + (y * _sines[direction]);
                    float share = along * along / squared;
                    float part = size * share * share * share;
                    for (int i = top; i <= bottom; i++)
                    {
                        for (int j = left; j <= right; j++)
                        {
                            directions[(((direction * Windows) + i) * Windows) + j] += part;
                        }
                    }
                }
            }
        }

        float length = 0;
        foreach (float number in directions)
        {
            length += number * number;
        }

        if (length > 0)
        {
            float inverse = 1 / MathF.Sqrt(length);
            for (int i = 0; i < directions.Length; i++)
            {
                directions[i] *= inverse;
            }
        }
    }

    private static float At(ReadOnlySpan<float> numbers, int row, int column)
        => (uint)row < MnistImage.Side && (uint)column < MnistImage.Side ? numbers[(row * MnistImage.Side) + column] : 0;
}
