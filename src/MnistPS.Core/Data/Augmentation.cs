namespace MnistPS;

/// <summary>How an image is varied before it is trained on, anew in each epoch.</summary>
public enum Augmentation
{
    /// <summary>Moved by up to two whole pixels, across and down.</summary>
    Shift,

    /// <summary>Turned by up to 12 degrees, either way, about the centre.</summary>
    Rotate,

    /// <summary>Made up to a tenth larger or smaller.</summary>
    Scale,

    /// <summary>Bent by a smooth random field, a pixel on average (Simard, Steinkraus and Platt, ICDAR 2003).</summary>
    Elastic,
}
