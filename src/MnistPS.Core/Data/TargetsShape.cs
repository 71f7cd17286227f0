namespace MnistPS;

/// <summary>The shape of one-hot targets: rows × classes.</summary>
public readonly record struct TargetsShape
{
    internal TargetsShape(int rows, int classes)
    {
        Rows = rows;
        Classes = classes;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Values in a row.</summary>
    public int Classes { get; }

    /// <summary>Deconstructs it: <c>var (rows, classes) = targets.Shape</c>.</summary>
    public void Deconstruct(out int rows, out int classes) => (rows, classes) = (Rows, Classes);

    /// <summary>The shape as NumPy writes it, such as <c>(1000, 10)</c>.</summary>
    public override string ToString() => $"({Rows}, {Classes})";
}
