namespace MnistPS.PhotoSimulator;

/// <summary>What makes a photo of a digit differ from its image. Each can be applied alone.</summary>
[Flags]
internal enum PhotoEffect
{
    /// <summary>Nothing but the size: a digit with smooth edges, dark on white, in the middle of 640 × 640 pixels.</summary>
    Enlarged = 0,

    /// <summary>Written by a pen of another width, from a hair to a marker.</summary>
    Pen = 1 << 0,

    /// <summary>Ink of a colour.</summary>
    Color = 1 << 1,

    /// <summary>Light ink on a dark ground.</summary>
    LightInk = 1 << 2,

    /// <summary>Paper with a grain.</summary>
    Texture = 1 << 3,

    /// <summary>Ruled or squared paper.</summary>
    Rules = 1 << 4,

    /// <summary>Light that falls off, and the edge of a shadow.</summary>
    Shadow = 1 << 5,

    /// <summary>Seen at an angle of up to 20°.</summary>
    Perspective = 1 << 6,

    /// <summary>Stored turned or mirrored, with the EXIF orientation that says so.</summary>
    Orientation = 1 << 7,

    /// <summary>A lens that is out of focus, and the noise of a sensor.</summary>
    Camera = 1 << 8,

    /// <summary>JPEG of a quality from 50 to 95.</summary>
    Jpeg = 1 << 9,

    /// <summary>Smaller, and anywhere in the picture.</summary>
    OffCentre = 1 << 10,

    /// <summary>From 100 to 4000 pixels, square or not.</summary>
    Size = 1 << 11,

    /// <summary>All together; light ink in every fourth photo, rules in two of three.</summary>
    All = (1 << 12) - 1,
}
