namespace MnistPS;

/// <summary>The first set of an image: its name, or null, the image's position there, from 0, and the picture that it comes from, or null.</summary>
internal readonly record struct ImageOrigin(string? Set, int Index, ImageSource? Source = null)
{
    /// <summary>The set and the position, such as <c>MNIST training 59999</c>.</summary>
    public override string ToString() => $"{Set} {Index}";
}
