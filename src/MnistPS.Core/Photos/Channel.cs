namespace MnistPS.Photos;

/// <summary>What of a colour is looked at.</summary>
internal enum Channel
{
    /// <summary>How light it is.</summary>
    Grey,

    /// <summary>Its red.</summary>
    Red,

    /// <summary>Its green.</summary>
    Green,

    /// <summary>Its blue.</summary>
    Blue,
}
