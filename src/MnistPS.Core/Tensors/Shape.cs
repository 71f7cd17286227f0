namespace MnistPS.Tensors;

/// <summary>The shape of a layer's output for one image: rows × columns × channels, or 1 × 1 × units.</summary>
internal readonly record struct Shape(int Rows, int Columns, int Channels)
{
    /// <summary>An image of MNIST.</summary>
    public static Shape Image { get; } = new(MnistImage.Side, MnistImage.Side, 1);

    /// <summary>A row of units.</summary>
    public static Shape Units(int count) => new(1, 1, count);

    /// <summary>Whether it is a row of units.</summary>
    public bool IsFlat => Rows == 1 && Columns == 1;

    /// <summary>Number of values.</summary>
    public int Size => checked(Rows * Columns * Channels);

    /// <summary>The shape as the network's view shows it, such as <c>(24, 24, 8)</c> or <c>(100)</c>.</summary>
    public override string ToString() => IsFlat ? $"({Channels})" : $"({Rows}, {Columns}, {Channels})";
}
