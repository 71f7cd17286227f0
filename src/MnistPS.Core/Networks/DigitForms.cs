using System.Numerics;
using MnistPS.Losses;

namespace MnistPS.Networks;

/// <summary>
/// The forms of the digits: some ways of writing each digit, and how images of each way differ from their mean. The residual of an image distinguishes
/// a digit from a scribble. Images are represented by stroke directions (<see cref="StrokeDirections"/>); ways are the clusters of k-means (Lloyd, "Least
/// squares quantization in PCM", 1982), each with its first principal components (local principal component analysis: Kambhatla and Leen, "Dimension
/// Reduction by Local Principal Component Analysis", Neural Computation 9, 1997). It depends on the training images and not on the network.
/// </summary>
internal sealed class DigitForms
{
    /// <summary>Ways per digit.</summary>
    public const int Ways = 16;

    /// <summary>Principal components per way.</summary>
    public const int Components = 8;

    // Rows per way: its mean and its components.
    private const int Rows = 1 + Components;
    private const int Width = StrokeDirections.Count;
    private const int Digits = Loss<float>.Classes;

    // More images of a digit change its forms little.
    private const int MostImages = 2000;
    private const int ClusterRounds = 8;
    private const int ComponentRounds = 6;

    private readonly float[] _numbers;

    /// <summary>Wraps forms without copying them.</summary>
    /// <param name="numbers">The mean and the components of each way of each digit, (10, 16, 9, 486); a missing way is all zero.</param>
    public DigitForms(float[] numbers) => _numbers = numbers;

    /// <summary>The shape: digits, ways, the mean and the components, and their values.</summary>
    public static int[] Shape => [Digits, Ways, Rows, Width];

    /// <summary>The values, in place.</summary>
    public ReadOnlySpan<float> Numbers => _numbers;

    /// <summary>Finds the forms of the first images of a set, at most 2000 of each digit.</summary>
    /// <param name="images">The set.</param>
    /// <param name="count">The number of its images to use.</param>
    /// <param name="threads">The number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DigitForms Fit(ImageSet images, int count, int threads, CancellationToken cancellation)
    {
        float[] numbers = new float[Digits * Ways * Rows * Width];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, Digits, options, digit =>
        {
            int[] places = [.. Enumerable.Range(0, count).Where(place => images.LabelOf(place) == digit).Take(MostImages)];
            float[][] points = Array.ConvertAll(places, place => DirectionsOf(images.PixelsOf(place)));
            Fit(points, numbers.AsMemory(digit * Ways * Rows * Width, Ways * Rows * Width), cancellation);
        });
        return new DigitForms(numbers);
    }

    /// <summary>The residual of an image: the squared distance to the nearest way of a digit, from 0 to about 1.</summary>
    /// <param name="numbers">The image from 0 (paper) to 1 (ink), (28, 28).</param>
    /// <param name="digit">The predicted digit.</param>
    public float Residual(ReadOnlySpan<float> numbers, int digit)
    {
        Span<float> directions = stackalloc float[Width];
        StrokeDirections.Write(numbers, directions);
        Span<float> offset = stackalloc float[Width];
        float least = float.PositiveInfinity;
        for (int way = 0; way < Ways; way++)
        {
            ReadOnlySpan<float> rows = _numbers.AsSpan(((digit * Ways) + way) * Rows * Width, Rows * Width);
            for (int i = 0; i < Width; i++)
            {
                offset[i] = directions[i] - rows[i];
            }

            float left = Dot(offset, offset);
            for (int row = 1; row < Rows && left > 0; row++)
            {
                float along = Dot(offset, rows.Slice(row * Width, Width));
                left -= along * along;
            }

            least = MathF.Min(least, left);
        }

        return MathF.Max(least, 0);
    }

    private static float[] DirectionsOf(ReadOnlySpan<byte> pixels)
    {
        Span<float> numbers = stackalloc float[MnistImage.PixelCount];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = pixels[i] / 255f;
        }

        float[] directions = new float[Width];
        StrokeDirections.Write(numbers, directions);
        return directions;
    }

    private static void Fit(float[][] points, Memory<float> digit, CancellationToken cancellation)
    {
        // At least twice as many images as components, or the components would fit each image exactly.
        int ways = Math.Clamp(points.Length / (2 * Components), points.Length > 0 ? 1 : 0, Ways);
        float[][] means = [.. Enumerable.Range(0, ways).Select(way => (float[])points[way * points.Length / ways].Clone())];
        int[] wayOf = new int[points.Length];
        for (int round = 0; round < ClusterRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < points.Length; i++)
            {
                // The nearest mean: |x − m|² = |x|² − 2 x·m + |m|².
                wayOf[i] = Enumerable.Range(0, ways).MinBy(way => Dot(means[way], means[way]) - (2 * Dot(points[i], means[way])));
            }

            for (int way = 0; way < ways; way++)
            {
                float[][] members = Members(way);
                means[way] = members.Length > 0 ? Mean(members) : means[way];
            }
        }

        for (int way = 0; way < ways; way++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> rows = digit.Span.Slice(way * Rows * Width, Rows * Width);
            means[way].CopyTo(rows);
            FindComponents(Members(way), means[way], rows[Width..]);
        }

        float[][] Members(int way) => [.. points.Where((_, i) => wayOf[i] == way)];
    }

    private static float[] Mean(float[][] points)
    {
        float[] mean = new float[Width];
        foreach (float[] point in points)
        {
            AddScaled(mean, 1f / points.Length, point);
        }

        return mean;
    }

    /// <summary>The principal components by a few orthogonal iterations (Golub and Van Loan, "Matrix Computations", 7.3.2).</summary>
    private static void FindComponents(float[][] points, float[] mean, Span<float> components)
    {
        float[][] offsets = Array.ConvertAll(points, point =>
        {
            float[] offset = (float[])point.Clone();
            AddScaled(offset, -1, mean);
            return offset;
        });
        int count = Math.Min(Components, points.Length / 2);
        for (int i = 0; i < count; i++)
        {
            offsets[i * offsets.Length / count].CopyTo(components[(i * Width)..]);
        }

        float[] next = new float[count * Width];
        for (int round = 0; round < ComponentRounds; round++)
        {
            Orthonormalize(components[..(count * Width)]);
            next.AsSpan().Clear();
            foreach (float[] offset in offsets)
            {
                for (int i = 0; i < count; i++)
                {
                    AddScaled(next.AsSpan(i * Width, Width), Dot(offset, components.Slice(i * Width, Width)), offset);
                }
            }

            next.CopyTo(components);
        }

        Orthonormalize(components[..(count * Width)]);
    }

    /// <summary>Makes rows orthonormal, one after another. A row that depends on those before becomes zero.</summary>
    private static void Orthonormalize(Span<float> rows)
    {
        for (int i = 0; i < rows.Length; i += Width)
        {
            Span<float> row = rows.Slice(i, Width);
            float before = Dot(row, row);

            // Twice, since the first pass leaves rounding errors.
            for (int time = 0; time < 2; time++)
            {
                for (int j = 0; j < i; j += Width)
                {
                    Span<float> other = rows.Slice(j, Width);
                    AddScaled(row, -Dot(row, other), other);
                }
            }

            float after = Dot(row, row);
            float scale = after > 1e-8f * before ? 1 / MathF.Sqrt(after) : 0;
            for (int k = 0; k < Width; k++)
            {
                row[k] *= scale;
            }
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        float rest = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            rest += a[i] * b[i];
        }

        return rest;
    }

    private static void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> source)
    {
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(target[i..]) + (factor * new Vector<float>(source[i..]))).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }
}
