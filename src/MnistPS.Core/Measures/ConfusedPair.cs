namespace MnistPS;

/// <summary>A digit that was read as another one.</summary>
public sealed class ConfusedPair
{
    private readonly IReadOnlyList<string> _names;

    internal ConfusedPair(int expected, int label, int count, IReadOnlyList<string> names)
    {
        _names = names;
        Expected = expected;
        Label = label;
        Count = count;
    }

    /// <summary>The digit that was written.</summary>
    public int Expected { get; }

    /// <summary>The digit that was read.</summary>
    public int Label { get; }

    /// <summary>Images of the expected digit that were read as the other.</summary>
    public int Count { get; }

    /// <summary>A few words, such as <c>4 read as 9: 12</c>.</summary>
    public override string ToString() => $"{_names[Expected]} read as {_names[Label]}: {Count}";
}
