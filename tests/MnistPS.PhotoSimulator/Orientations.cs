namespace MnistPS.PhotoSimulator;

/// <summary>The eight orientations of EXIF (JEITA CP-3451, tag 0x0112), which say how what is stored is to be turned.</summary>
internal static class Orientations
{
    /// <summary>How many there are, numbered from 1.</summary>
    public const int Count = 8;

    /// <summary>Whether rows are stored as columns.</summary>
    public static bool IsTransposed(int orientation) => orientation >= 5;

    /// <summary>Where a pixel of the upright picture is stored.</summary>
    /// <param name="orientation">1 to 8.</param>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    /// <param name="width">The columns of the upright picture.</param>
    /// <param name="height">The rows of the upright picture.</param>
    public static (int X, int Y) Stored(int orientation, int x, int y, int width, int height) => orientation switch
    {
        1 => (x, y),
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, width - 1 - x),
        7 => (height - 1 - y, width - 1 - x),
        8 => (height - 1 - y, x),
        _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "EXIF knows 1 to 8."),
    };

    /// <summary>A JPEG with the orientation in it: an EXIF segment of one entry behind the first marker.</summary>
    public static byte[] Tag(byte[] jpeg, int orientation) =>
    [
        .. jpeg.AsSpan(0, 2),
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8,
        .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        .. jpeg.AsSpan(2),
    ];
}
