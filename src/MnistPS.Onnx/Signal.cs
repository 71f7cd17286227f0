using MnistPS.Tensors;

namespace MnistPS.Onnx;

/// <summary>
/// What goes from node to node of a model, for one image: the engine's shape of it, and how the model has laid that out. Each dimension behind the
/// first, which is the images', runs over some axes, the last one the fastest; axes of one number are left out. So reshaping and transposing
/// an image change nothing but the layout, and the next dense layer's weights are put into the engine's order.
/// </summary>
/// <param name="Shape">The engine's shape.</param>
/// <param name="Dimensions">The axes of each dimension behind the first.</param>
internal sealed record Signal(Shape Shape, Axis[][] Dimensions)
{
    /// <summary>Whether it is laid out as ONNX's operators on images want it: channels, rows, columns.</summary>
    public bool IsImage => HasDimensions([Axis.Channel], [Axis.Row], [Axis.Column]);

    /// <summary>Whether it is a row of numbers.</summary>
    public bool IsRow => Dimensions.Length == 1;

    /// <summary>Whether it is a row of units, each a channel of its own.</summary>
    public bool IsUnits => IsRow && Shape.IsFlat;

    /// <summary>The dimension that runs over the channels alone, counted with that of the images; null if none does.</summary>
    public int? ChannelDimension => Dimensions.Index().Where(dimension => dimension.Item.SequenceEqual([Axis.Channel])).Select(dimension => (int?)dimension.Index + 1).FirstOrDefault();

    /// <summary>The sizes behind the first dimension.</summary>
    public int[] Sizes => [.. Dimensions.Select(SizeOf)];

    /// <summary>An image as the sizes of a model's input have it, row by row; null if they are not an image's of MNIST.</summary>
    public static Signal? OfImage(IReadOnlyList<long> sizes) => new Signal(Shape.Image, [[Axis.Row, Axis.Column]]).Reshape(sizes);

    /// <summary>A row of units.</summary>
    public static Signal OfUnits(int count)
    {
        Shape shape = Shape.Units(count);
        return new Signal(shape, [Own(shape, Axis.Channel)]);
    }

    /// <summary>An image of another shape, laid out as ONNX has it.</summary>
    public static Signal OfImage(Shape shape) => new(shape, [Own(shape, Axis.Channel), Own(shape, Axis.Row), Own(shape, Axis.Column)]);

    /// <summary>The same numbers in the same order, in other dimensions; null if those would cut one up that is an axis, or have not as many numbers.</summary>
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

    /// <summary>The dimensions in another order, which leaves the images' where it is; null if that is not one.</summary>
    public Signal? Transpose(long[] order)
        => order.Length == Dimensions.Length + 1 && order[0] == 0 && order.Order().SequenceEqual(Enumerable.Range(0, order.Length).Select(i => (long)i))
            ? this with { Dimensions = [.. order.Skip(1).Select(i => Dimensions[i - 1])] }
            : null;

    /// <summary>Where the engine has each of the numbers of a row: it goes channel by channel, row by row.</summary>
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

    /// <summary>The shape as a message tells it, such as <c>(N, 1, 28, 28)</c>.</summary>
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
