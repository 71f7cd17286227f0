namespace MnistPS;

/// <summary>The first set of an image: its name, or null, and the image's position there, from 0.</summary>
internal readonly record struct ImageOrigin(string? Set, int Index)
{
    /// <summary>Both, such as <c>MNIST training 59999</c>.</summary>
    public override string ToString() => $"{Set} {Index}";
}
