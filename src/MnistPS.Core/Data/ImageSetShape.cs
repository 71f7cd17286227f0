namespace MnistPS;

/// <summary>The shape of an image set: images × pixels.</summary>
public readonly record struct ImageSetShape
{
    internal ImageSetShape(int images, int pixels)
    {
        Images = images;
        Pixels = pixels;
    }

    /// <summary>Number of images.</summary>
    public int Images { get; }

    /// <summary>Pixels of an image.</summary>
    public int Pixels { get; }

    /// <summary>Deconstructs it: <c>var (images, pixels) = set.Shape</c>.</summary>
    public void Deconstruct(out int images, out int pixels) => (images, pixels) = (Images, Pixels);

    /// <summary>The shape as NumPy writes it, such as <c>(60000, 784)</c>.</summary>
    public override string ToString() => $"({Images}, {Pixels})";
}
