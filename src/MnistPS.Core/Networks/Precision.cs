namespace MnistPS;

/// <summary>The precision of training.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Single,

    /// <summary>64 bits, as in the tutorial.</summary>
    Double,
}
