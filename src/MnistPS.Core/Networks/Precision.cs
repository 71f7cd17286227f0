namespace MnistPS;

/// <summary>The numbers that training computes with.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Single,

    /// <summary>64 bits, as in the document.</summary>
    Double,
}
