using MnistPS.Tensors;

namespace MnistPS.Onnx;

/// <summary>
/// The value between two nodes of a model, for one image: its shape in the engine, and its layout in the model. Each dimension after the
/// first, which is that of the images, has some axes, the last one fastest; axes of size 1 are left out. Reshaping and transposing
/// change only the layout, and the weights of the next dense layer are put into the engine's order.
/// </summary>
/// <param name="Shape">The shape in the engine.</param>
/// <param name="Dimensions">The axes of each dimension after the first.</param>
internal sealed record Signal(Shape Shape, Axis[][] Dimensions)
{
    /// <summary>Whether its layout is that of ONNX's image operators: channels, rows, columns.</summary>
    public bool IsImage => HasDimensions([Axis.Channel], [Axis.Row], [Axis.Column]);

    /// <summary>Whether it is a vector.</summary>
    public bool IsRow => Dimensions.Length == 1;

    /// <summary>Whether it is a vector of units, each one a channel.</summary>
    public bool IsUnits => IsRow && Shape.IsFlat;

    /// <summary>The index of the dimension that has only the channels, counted with that of the images; null if there is none.</summary>
    public int? ChannelDimension => Dimensions.Index().Where(dimension => dimension.Item.SequenceEqual([Axis.Channel])).Select(dimension => (int?)dimension.Index + 1).FirstOrDefault();

    /// <summary>The sizes of the dimensions after the first.</summary>
    public int[] Sizes => [.. Dimensions.Select(SizeOf)];

    /// <summary>An image with the sizes of a model's input; null if they are not those of an MNIST image.</summary>
    public static Signal? OfImage(IReadOnlyList<long> sizes) => new Signal(Shape.Image, [[Axis.Row, Axis.Column]]).Reshape(sizes);

    /// <summary>A vector of units.</summary>
    public static Signal OfUnits(int count)
    {
        Shape shape = Shape.Units(count);
        return new Signal(shape, [Own(shape, Axis.Channel)]);
    }

    /// <summary>An image of a given shape in ONNX's layout.</summary>
    public static Signal OfImage(Shape shape) => new(shape, [Own(shape, Axis.Channel), Own(shape, Axis.Row), Own(shape, Axis.Column)]);

    /// <summary>The same values in other dimensions; null if these divide an axis or have another number of values.</summary>
    public Signal? Reshape(IReadOnlyList<long> sizes)
    {
        Queue<Axis> left = new(Dimensions.SelectMany(axes => axes));
        List<Axis[]> dimensions = [];
        foreach (long size in sizes)
        {
            List<Axis> axes = [];
            while (SizeOf(axes) < size && left.TryDequeue(out Axis axis))
            {
                axes.Add(axis);
            }

            if (SizeOf(axes) != size)
            {
                return null;
            }

            dimensions.Add([.. axes]);
        }

        return left.Count == 0 ? this with { Dimensions = [.. dimensions] } : null;
    }

    /// <summary>The dimensions in another order, with that of the images first; null if it is no such order.</summary>
    public Signal? Transpose(long[] order)
        => order.Length == Dimensions.Length + 1 && order[0] == 0 && order.Order().SequenceEqual(Enumerable.Range(0, order.Length).Select(i => (long)i))
            ? this with { Dimensions = [.. order.Skip(1).Select(i => Dimensions[i - 1])] }
            : null;

    /// <summary>The index in the engine of each value of a vector. The engine's order is channels, rows, columns.</summary>
    public int[] Places()
    {
        Axis[] order = [.. Dimensions.SelectMany(axes => axes)];
        int[] places = [0];
        foreach (Axis axis in order)
        {
            int stride = axis switch
            {
                Axis.Channel => Shape.Rows * Shape.Columns,
                Axis.Row => Shape.Columns,
                _ => 1,
            };
            int size = SizeOf(axis);
            places = [.. places.SelectMany(place => Enumerable.Range(0, size).Select(i => place + i * stride))];
        }

        return places;
    }

    /// <summary>The shape in a message, such as <c>(N, 1, 28, 28)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Sizes.Select(size => $"{size}").Prepend("N"))})";

    private static Axis[] Own(Shape shape, Axis axis) => SizeOf(shape, axis) > 1 ? [axis] : [];

    private static int SizeOf(Shape shape, Axis axis) => axis switch
    {
        Axis.Channel => shape.Channels,
        Axis.Row => shape.Rows,
        _ => shape.Columns,
    };

    private bool HasDimensions(params ReadOnlySpan<Axis[]> expected)
    {
        if (Dimensions.Length != expected.Length)
        {
            return false;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (!Dimensions[i].SequenceEqual(Own(Shape, expected[i][0])))
            {
                return false;
            }
        }

        return true;
    }

    private int SizeOf(Axis axis) => SizeOf(Shape, axis);

    private int SizeOf(IEnumerable<Axis> axes) => axes.Aggregate(1, (size, axis) => size * SizeOf(axis));
}
