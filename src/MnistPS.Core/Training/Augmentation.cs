namespace MnistPS;

/// <summary>How an image is varied before it is trained on, anew in each epoch.</summary>
public enum Augmentation
{
    /// <summary>Moved by up to two pixels.</summary>
    Shift,

    /// <summary>Turned by up to 12 degrees.</summary>
    Rotate,

    /// <summary>Made up to a tenth larger or smaller.</summary>
    Scale,

    /// <summary>Bent by a smooth random field (Simard, Steinkraus and Platt, ICDAR 2003).</summary>
    Elastic,
}
