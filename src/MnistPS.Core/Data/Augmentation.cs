namespace MnistPS;

/// <summary>A random variation of training images, drawn anew in each epoch.</summary>
public enum Augmentation
{
    /// <summary>Shift by up to two whole pixels, across and down.</summary>
    Shift,

    /// <summary>Rotation by up to 12 degrees, either way, about the centre.</summary>
    Rotate,

    /// <summary>Scaling by up to a tenth, larger or smaller.</summary>
    Scale,

    /// <summary>Distortion by a smooth random field, a pixel on average (Simard, Steinkraus and Platt, ICDAR 2003).</summary>
    Elastic,
}
