namespace MnistPS.Photos;

/// <summary>The number of pixels of each value, 0 to 255.</summary>
internal sealed class Histogram
{
    private readonly int[] _counts = new int[byte.MaxValue + 1];

    /// <summary>The number of pixels.</summary>
    public int Count { get; private set; }

    /// <summary>The histogram of values.</summary>
    public static Histogram Of(ReadOnlySpan<byte> values)
    {
        Histogram histogram = new();
        histogram.Add(values);
        return histogram;
    }

    /// <summary>Counts the pixels of some values.</summary>
    public void Add(ReadOnlySpan<byte> values)
    {
        foreach (byte value in values)
        {
            _counts[value]++;
        }

        Count += values.Length;
    }

    /// <summary>Counts a pixel.</summary>
    public void Add(byte value)
    {
        _counts[value]++;
        Count++;
    }

    /// <summary>The share of the pixels that do not exceed a value.</summary>
    public double ShareTo(int value) => (double)_counts.Take(value + 1).Sum() / Count;

    /// <summary>The smallest value that more than a share of the pixels do not exceed, such as the median for 0.5. It is 0 where there are no pixels.</summary>
    public int Quantile(double share)
    {
        int left = (int)(share * Count);
        for (int value = 0; value < byte.MaxValue; value++)
        {
            left -= _counts[value];
            if (left < 0)
            {
                return value;
            }
        }

        return Count == 0 ? 0 : byte.MaxValue;
    }
}
