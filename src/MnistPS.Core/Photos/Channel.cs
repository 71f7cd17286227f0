namespace MnistPS.Photos;

/// <summary>The channel of a colour picture that is read.</summary>
internal enum Channel
{
    /// <summary>The luminance.</summary>
    Grey,

    /// <summary>The red channel.</summary>
    Red,

    /// <summary>The green channel.</summary>
    Green,

    /// <summary>The blue channel.</summary>
    Blue,
}
