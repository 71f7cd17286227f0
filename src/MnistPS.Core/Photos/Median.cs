namespace MnistPS.Photos;

/// <summary>The median of values.</summary>
internal static class Median
{
    /// <summary>The middle value, of an even number of values the upper one. It is 0 where there are none.</summary>
    public static T Of<T>(IEnumerable<T> values)
        where T : struct
    {
        T[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? default : sorted[sorted.Length / 2];
    }
}
