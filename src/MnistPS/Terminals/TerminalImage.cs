using System.Globalization;
using System.Text;

namespace MnistPS;

/// <summary>Draws digits as lines of text. A character is about twice as high as wide, so a line holds two rows of pixels.</summary>
public static class TerminalImage
{
    /// <summary>The lines of an image.</summary>
    internal const int Rows = MnistImage.Side / 2;

    /// <summary>The gap between two images.</summary>
    internal const string Gap = "  ";

    private const string Ramp = " .:-=+*#%@";

    /// <summary>Whether images may be in colour.</summary>
    /// <param name="noColor">The environment variable NO_COLOR (https://no-color.org), or null.</param>
    /// <param name="rendering">The session's <c>$PSStyle.OutputRendering</c> in words, or null.</param>
    /// <param name="isShown">Whether the output goes to a terminal.</param>
    /// <param name="knowsColor">Whether the terminal supports escape sequences.</param>
    public static bool MayHaveColor(string? noColor, string? rendering, bool isShown, bool knowsColor)
        => string.IsNullOrEmpty(noColor) && rendering != "PlainText" && isShown && knowsColor;

    /// <summary>How many images fit side by side; at least one.</summary>
    public static int CountPerRow(int columns) => Math.Max(1, (columns + Gap.Length) / (MnistImage.Side + Gap.Length));

    /// <summary>Draws images side by side: one line with their indices and labels, then 14 lines of pixels.</summary>
    /// <param name="images">The images, from left to right.</param>
    /// <param name="color">True for half blocks in 24-bit grey by escape sequences, false for ASCII characters, denser for more ink.</param>
    public static string[] Draw(IReadOnlyList<MnistImage> images, bool color) => Draw([.. images.Select(image => new CaptionedImage(image))], color);

    /// <summary>Draws images side by side, with a line of captions below if there are any.</summary>
    internal static string[] Draw(CaptionedImage[] images, bool color)
        =>
        [
            Titles(images),
            .. Enumerable.Range(0, Rows).Select(line => Join(images, item => color ? HalfBlocks(item.Image, 2 * line) : Characters(item.Image, 2 * line))),
            .. Captions(images),
        ];

    /// <summary>The line above the images: the index and label of each.</summary>
    internal static string Titles(CaptionedImage[] images)
        => Join(images, item => $"{item.Image.Index}: {item.Image.LabelName}".PadRight(MnistImage.Side));

    /// <summary>The line of captions, or none.</summary>
    internal static string[] Captions(CaptionedImage[] images)
        => Array.TrueForAll(images, item => item.Caption.Length == 0) ? [] : [Join(images, item => item.Caption.PadRight(MnistImage.Side))];

    private static string Join(CaptionedImage[] images, Func<CaptionedImage, string> part) => string.Join(Gap, images.Select(part)).TrimEnd();

    // The foreground is the upper pixel, the background the lower one; a colour is set only where it changes.
    private static string HalfBlocks(MnistImage image, int row)
    {
        StringBuilder line = new();
        for (int column = 0; column < MnistImage.Side; column++)
        {
            byte upper = image[row, column];
            byte lower = image[row + 1, column];
            if (column == 0 || upper != image[row, column - 1])
            {
                line.Append(CultureInfo.InvariantCulture, $"\e[38;2;{upper};{upper};{upper}m");
            }

            if (column == 0 || lower != image[row + 1, column - 1])
            {
                line.Append(CultureInfo.InvariantCulture, $"\e[48;2;{lower};{lower};{lower}m");
            }

            line.Append('▀');
        }

        return line.Append("\e[0m").ToString();
    }

    private static string Characters(MnistImage image, int row)
        => string.Create(MnistImage.Side, (image, row), static (line, at) =>
        {
            for (int column = 0; column < line.Length; column++)
            {
                int ink = at.image[at.row, column] + at.image[at.row + 1, column];
                line[column] = Ramp[ink * (Ramp.Length - 1) / (2 * byte.MaxValue)];
            }
        });
}
