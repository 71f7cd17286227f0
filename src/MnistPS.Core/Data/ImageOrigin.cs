namespace MnistPS;

/// <summary>Where an image was first: the set's name, or null if it has none, and the position there, from 0.</summary>
internal readonly record struct ImageOrigin(string? Set, int Index)
{
    /// <summary>Both, such as <c>MNIST training 59999</c>.</summary>
    public override string ToString() => $"{Set} {Index}";
}
